// A UCI set in DuckDB as landing would leave it: every column as text beside the file, row and line of its record.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { parse } from 'csv-parse/sync';
import { duckdbDialect } from '../../../src/engine/dialects/duckdb.js';
import type { RawTable, Reading, Unread } from '../../../src/sources/source.js';
import type { TextHead } from '../../../src/sources/text/head.js';
import { uciDiabetes } from '../../../src/sources/uci-diabetes/source.js';

export type Row = Record<string, unknown>;

export interface UciSet {
  readonly readings: Readonly<Record<string, Reading>>;
  readonly unread: Unread;
  /** The records of diabetic_data.csv by an independent reader. */
  readonly records: readonly Readonly<Record<string, string>>[];
  /** Runs a SELECT in which `relation` stands for the rows of a reading, an `unread` or the conflicts. */
  ask(sql: string, relation: Reading | Unread, what?: 'sql' | 'conflicts'): Promise<Row[]>;
  close(): void;
}

/** The path of a file of the small set that was made up in the format of the real one. */
export function sample(name: 'diabetic_data.csv' | 'IDs_mapping.csv'): string {
  return fileURLToPath(new URL(`../../fixtures/uci-diabetes/${name}`, import.meta.url));
}

export function head(file: string, columns: readonly string[]): TextHead {
  return { file, encoding: 'utf-8', delimiter: ',', columns, headerLines: 1 };
}

export function headOf(path: string): TextHead {
  return head(path, readFileSync(path, 'utf8').split(/\r?\n/, 1)[0]?.split(',') ?? []);
}

export function rawTablesOf(heads: readonly TextHead[]): RawTable[] {
  return uciDiabetes.plan(heads, {}).map(({ file, rawTable }) => {
    const { columns = [], delimiter = ',' } = heads.find((one) => one.file === file) ?? {};
    return { name: rawTable, part: 0, columns, delimiter, files: [file] };
  });
}

export async function openSet(encounters: string, codes: string): Promise<UciSet> {
  const rawTables = rawTablesOf([headOf(encounters), headOf(codes)]);
  const { readings, unread } = uciDiabetes.readings(rawTables, {});
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  await connection.run(`set disabled_optimizers = 'top_n_window_elimination'`);
  for (const { name, part, columns, files } of rawTables) {
    const types = columns.map((_, at) => `'c${at}': 'VARCHAR'`).join(', ');
    await connection.run(`create table ${name}_${part} as
      select '${files[0]}' as _file, _row, _row + 1 as _line, cast(1 as bigint) as _lines, * exclude (_row)
      from (select row_number() over () as _row, * from read_csv('${files[0]}', auto_detect = false, header = false, skip = 1,
        delim = ',', quote = '"', escape = '"', parallel = false, columns = {${types}}))`);
  }
  const [unreadCodes] = unread;
  if (!unreadCodes) throw new Error('The source names no raw table that it leaves unread.');
  return {
    readings: Object.fromEntries(readings.map((reading) => [reading.table, reading])),
    unread: unreadCodes,
    records: parse(readFileSync(encounters), { columns: true }),
    async ask(sql, relation, what = 'sql') {
      const select = what === 'conflicts' && 'conflicts' in relation ? relation.conflicts : relation.sql;
      if (!select) throw new Error(`The reading has no ${what}.`);
      const raw = `select * from ${relation.rawTable.name}_${relation.rawTable.part}`;
      const result = await connection.runAndReadAll(
        `with raw as (${raw}), relation as (${select(duckdbDialect)}) ${sql}`,
      );
      return result.getRowObjectsJson().map((row) => row as Row);
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
