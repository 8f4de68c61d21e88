// The words of JavaScript for a text that is too long are known, whoever says them; no other error is taken for one.
import { constants } from 'node:buffer';
import { expect, test } from 'vitest';
import { textTooLong } from '../../src/engine/text-too-long.js';

function thrown(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown.');
}

test.each([
  ['a text that is joined', () => 'x'.repeat(constants.MAX_STRING_LENGTH + 1)],
  ['bytes that are read', () => Buffer.alloc(constants.MAX_STRING_LENGTH + 1).toString('latin1')],
])('%s', (_, call) => {
  expect(textTooLong(thrown(call))).toMatchObject({
    code: 'QUERY_FAILED',
    message: expect.stringContaining(constants.MAX_STRING_LENGTH.toLocaleString('en-US')),
  });
});

test('no other error', () => {
  expect(textTooLong(new RangeError('Invalid array length'))).toBeUndefined();
  expect(textTooLong('Invalid string length')).toBeUndefined();
});
