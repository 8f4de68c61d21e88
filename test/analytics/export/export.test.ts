// Published tables as files for other tools.
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportTables } from '../../../src/analytics/export/export.js';
import type { PublishedTables } from '../../../src/analytics/published.js';
import { openDuckdb } from '../../../src/engine/duckdb/engine.js';
import { openDuckdbSandbox } from '../../../src/engine/duckdb/sandbox/sandbox.js';
import type { Engine } from '../../../src/engine/engine.js';

let folder: string;
let engine: Engine;
let published: PublishedTables;
let last = 0;

const options = () => ({ memory: 300_000_000, threads: 2, temporary: join(folder, 'spill') });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carelake-export-'));
  engine = await openDuckdb(options());
  const table = async (sql: string) => {
    const output = join(folder, `table-${++last}`);
    await mkdir(output);
    await engine.materialize({ name: 'table', sql, inputs: {}, output });
    return join(output, 'part-0.parquet');
  };
  const patient = (from: number, to: number) =>
    `select 'p' || lpad(cast(i as string), 6, '0') as patient_id, cast(i as bigint) as age, cast(i as double) / 4 as bmi,
       date '2024-02-29' as registration_date, timestamp '2024-02-29 08:30:00' as seen_at,
       case i % 4 when 0 then null when 1 then '' when 2 then 'a "b", c' else 'two' || chr(10) || 'lines' end as name,
       string_split('asthma;gout', ';') as chronic_conditions, i % 2 = 0 as even, 'f.csv' as _file
     from range(${from}, ${to}) as t(i)`;
  published = {
    patients: { paths: [await table(`${patient(30_000, 60_000)} order by i desc`), await table(patient(0, 30_000))] },
    empty: { paths: [await table("select cast('a' as string) as a, 1 as b where 1 = 0")] },
  };
});
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true });
});

const target = () => join(folder, `export-${++last}`, 'deep');

test('csv: a header, ISO dates, joined lists, quotes where needed, in the order of the key', async () => {
  const folder = target();
  const files = await exportTables(engine, published, 'csv', folder);
  expect(files).toEqual([
    { table: 'patients', path: join(folder, 'patients.csv'), rows: 60_000 },
    { table: 'empty', path: join(folder, 'empty.csv'), rows: 0 },
  ]);
  const text = await readFile(join(folder, 'patients.csv'), 'utf8');
  expect(text.slice(0, text.indexOf('p000004'))).toBe(
    [
      'patient_id,age,bmi,registration_date,seen_at,name,chronic_conditions,even',
      'p000000,0,0,2024-02-29,2024-02-29 08:30:00,,asthma; gout,true',
      'p000001,1,0.25,2024-02-29,2024-02-29 08:30:00,"",asthma; gout,false',
      'p000002,2,0.5,2024-02-29,2024-02-29 08:30:00,"a ""b"", c",asthma; gout,true',
      'p000003,3,0.75,2024-02-29,2024-02-29 08:30:00,"two\nlines",asthma; gout,false',
      '',
    ].join('\r\n'),
  );
  const records: string[][] = parse(text, { from_line: 2 });
  const ids = records.map(([id]) => id);
  expect(ids.length).toBe(60_000);
  expect(ids).toEqual([...ids].sort());
  expect(await readFile(join(folder, 'empty.csv'), 'utf8')).toBe('a,b\r\n');
});

test('parquet: the same rows in the order of the key, one file a table', async () => {
  const folder = target();
  await exportTables(engine, published, 'parquet', folder);
  expect((await readdir(folder)).sort()).toEqual(['empty.parquet', 'patients.parquet']);
  const sandbox = await openDuckdbSandbox(options(), { t: { paths: [join(folder, 'patients.parquet')] } });
  const ids: unknown[] = [];
  for await (const { columns, values } of sandbox.query('select * from t')) {
    expect(columns.map(({ name }) => name)).not.toContain('_file');
    ids.push(...(values[0] ?? []));
  }
  await sandbox.close();
  expect(ids.length).toBe(60_000);
  expect(ids).toEqual([...ids].sort());
});

test.each(['csv', 'parquet'] as const)(
  '%s: the same tables give the same bytes, however their files are ordered',
  async (format) => {
    const folders = [target(), target()];
    const patients = published.patients ?? { paths: [] };
    const reversed = { patients: { paths: [...patients.paths].reverse() } };
    await exportTables(engine, { patients }, format, folders[0] as string);
    await exportTables(engine, reversed, format, folders[1] as string);
    const [one, other] = await Promise.all(folders.map((path) => readFile(join(path, `patients.${format}`))));
    expect(one?.equals(other as Buffer)).toBe(true);
  },
);

test.each(['csv', 'parquet'] as const)('%s: nobody but the owner may read what is written', async (format) => {
  const folder = target();
  const files = await exportTables(engine, published, format, folder);
  const modes = await Promise.all(
    [folder, ...files.map(({ path }) => path)].map(async (path) => (await stat(path)).mode),
  );
  expect(modes.map((mode) => (mode & 0o777).toString(8))).toEqual(['700', '600', '600']);
});

test('only the tables asked for, with the columns shown', async () => {
  const folder = target();
  const shown = { ...published, patients: { paths: published.patients?.paths ?? [], columns: ['age', '_file'] } };
  await exportTables(engine, shown, 'csv', folder, { tables: ['patients'] });
  expect(await readdir(folder)).toEqual(['patients.csv']);
  expect((await readFile(join(folder, 'patients.csv'), 'utf8')).slice(0, 11)).toBe('age\r\n0\r\n1\r\n');
});

test('a folder that is not empty is left alone', async () => {
  const folder = target();
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'mine.txt'), 'mine');
  await expect(exportTables(engine, published, 'csv', folder)).rejects.toMatchObject({
    code: 'EXPORT_FOLDER_NOT_EMPTY',
  });
  expect(await readdir(folder)).toEqual(['mine.txt']);
});

test('a table that is not published is named, before anything is written', async () => {
  const folder = target();
  const failed = exportTables(engine, published, 'csv', folder, { tables: ['patients', 'toString'] });
  await expect(failed).rejects.toMatchObject({
    code: 'EXPORT_TABLE_UNKNOWN',
    message: expect.stringContaining('toString'),
  });
  await expect(readdir(folder)).rejects.toMatchObject({ code: 'ENOENT' });
});

test("a failed or cancelled export leaves no half-written file under a table's name", async () => {
  const folder = target();
  const broken = { patients: published.patients ?? { paths: [] }, gone: { paths: [join(folder, 'gone.parquet')] } };
  await expect(exportTables(engine, broken, 'csv', folder)).rejects.toMatchObject({ code: 'ENGINE_FAILED' });
  expect(await readdir(folder)).toEqual(['patients.csv']);
  const cancelled = target();
  const options = { signal: AbortSignal.abort() };
  await expect(exportTables(engine, published, 'parquet', cancelled, options)).rejects.toMatchObject({
    code: 'ENGINE_CANCELLED',
  });
  expect(await readdir(cancelled)).toEqual([]);
});
