// Many files of one folder that were not read take one line, few take one each.
import { expect, test } from 'vitest';
import { passedOver } from '../../src/cli/passed-over.js';

const skipped = (...files: string[]) => files.map((file) => ({ file, why: 'hidden' }));

test('up to three files of a folder have a line each', () => {
  expect(passedOver(skipped('a', 'b', 'x/c', 'x/d', 'x/e'))).toEqual([
    'Passed over a: hidden',
    'Passed over b: hidden',
    'Passed over x/c: hidden',
    'Passed over x/d: hidden',
    'Passed over x/e: hidden',
  ]);
  expect(passedOver([])).toEqual([]);
});

test('more have one line that counts them, beside the lines of other folders', () => {
  expect(passedOver(skipped('a', 'x/1', 'x/2', 'x/3', 'x/4'))).toEqual([
    'Passed over a: hidden',
    'Passed over 4 files: x/1 (hidden), x/2 (hidden), x/3 (hidden), …; --json names all',
  ]);
});
