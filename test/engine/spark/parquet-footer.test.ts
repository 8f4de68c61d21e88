// The number of rows in a footer, against DuckDB that wrote the file.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parquetRows } from '../../../src/engine/spark/parquet-footer.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carelake-footer-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function written(select: string): Promise<string> {
  const path = join(folder, 'written.parquet');
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  try {
    await connection.run(`copy (${select}) to '${path}' (format parquet, row_group_size 2048)`);
  } finally {
    connection.closeSync();
  }
  return path;
}

test('is found whatever the columns are and however many', async () => {
  const kinds = ["'text'", '1::tinyint', '2::bigint', '1.5::double', '1.25::decimal(9, 2)', "date '2024-01-01'"];
  const more = ['true', "timestamp '2024-01-01 10:00:00'", "['a', null]", "{'a': 1, 'b': ['c']}", 'null'];
  const column = fc.constantFrom(...kinds, ...more);
  await fc.assert(
    fc.asyncProperty(
      fc.array(column, { minLength: 1, maxLength: 40 }),
      fc.oneof(fc.nat(3), fc.nat(10_000)),
      async (columns, rows) => {
        const list = columns.map((value, index) => `${value} as "column ${index}"`).join(', ');
        expect(await parquetRows(await written(`select ${list} from range(${rows})`))).toBe(rows);
      },
    ),
    { numRuns: 30 },
  );
});

test.each([
  ['text', 'no Parquet at all'],
  ['cut short', 'PAR1'],
  ['empty', ''],
  ['a footer longer than the file', `${'x'.repeat(20)}\u00ff\u0000\u0000\u0000PAR1`],
])('a file that is %s is refused', async (_, content) => {
  const path = join(folder, 'damaged.parquet');
  await writeFile(path, content, 'latin1');
  await expect(parquetRows(path)).rejects.toMatchObject({ code: 'LAKE_DAMAGED', cause: expect.anything() });
});
