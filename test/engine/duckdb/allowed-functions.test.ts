import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { allowedFunctions } from '../../../src/engine/duckdb/sandbox/functions.js';
import { expectGolden } from '../../golden.js';

test('the functions that a query may call are those that were looked at', async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const names = [...(await allowedFunctions(connection))].sort();
  expect(names).toContain('sum');
  expectGolden('engine/allowed-functions.txt', names.join('\n'));
});
