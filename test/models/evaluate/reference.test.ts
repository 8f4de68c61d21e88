// The reference figures are what the Python packages say today.
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { reference } from './reference.js';

const python = process.env.CARELAKE_TEST_PYTHON ?? '';
const has = python !== '' && spawnSync(python, ['-c', 'import scipy, sklearn, statsmodels']).status === 0;

/** Numbers to nine digits: versions of the packages differ in the last ones. */
const rounded = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, part) => (typeof part === 'number' ? Number(part.toPrecision(9)) : part));

test.skipIf(!has)('reference.py says again what reference.json holds (CARELAKE_TEST_PYTHON with statsmodels)', () => {
  const said = execFileSync(python, [join(import.meta.dirname, 'reference.py')], { encoding: 'utf8' });
  expect(rounded(JSON.parse(said))).toEqual(rounded(reference));
});
