// What the command line says when it fails.
import { afterEach, expect, test, vi } from 'vitest';
import { reportFailure } from '../../src/cli/output.js';

afterEach(() => vi.restoreAllMocks());

test('a failure that nobody foresaw is told with its places and without its values, since people pass it on', () => {
  const said: string[] = [];
  for (const output of [process.stdout, process.stderr])
    vi.spyOn(output, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  expect(reportFailure(new SyntaxError('Unexpected token \'Z\', "{"name": Zoë Quux" is not valid JSON'), true)).toBe(1);
  expect(JSON.parse(said[0] ?? '')).toMatchObject({ code: 'INTERNAL', detail: 'Unexpected token … is not valid JSON' });
  expect(said[1]).toMatch(/please report this[.]\nSyntaxError: Unexpected token … is not valid JSON\n {4}at /);
  expect(said.join()).not.toMatch(/Zo|Quux/);
});
