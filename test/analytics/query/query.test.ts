// What a stranger's SELECT may do with the published tables, and all that it may not.
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PublishedTables } from '../../../src/analytics/published.js';
import { type QueryOptions, runQuery } from '../../../src/analytics/query/query.js';
import { openDuckdb } from '../../../src/engine/duckdb/engine.js';
import { openDuckdbSandbox } from '../../../src/engine/duckdb/sandbox/sandbox.js';
import type { OpenSandbox } from '../../../src/engine/sandbox.js';

let folder: string;
let published: PublishedTables;
let open: OpenSandbox;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carelake-query-'));
  const options = { memory: 300_000_000, threads: 2, temporary: join(folder, 'spill') };
  open = (tables, known) => openDuckdbSandbox(options, tables, known);
  const engine = await openDuckdb(options);
  const parquet = async (name: string, sql: string) => {
    await mkdir(join(folder, name));
    await engine.materialize({ name, sql, inputs: {}, output: join(folder, name) });
    return { paths: [join(folder, name, 'part-0.parquet')] };
  };
  published = {
    patients: await parquet(
      'pub [x]',
      `select 'p' || cast(i as string) as patient_id, i as age, date '2024-01-31' as registration_date,
         string_split('a;b', ';') as chronic_conditions, 'hidden' as _file from range(5000) as t(i)`,
    ),
    visits: {
      ...(await parquet('visits', "select 'v1' as visit_id, 'p1' as patient_id, 3 as severity_score, 1 as extra")),
      columns: ['visit_id', 'patient_id', 'severity_score'],
    },
  };
  await parquet('secret', "select 'secret' as secret");
  await writeFile(join(folder, 'secret.csv'), 'secret\n1\n');
  await engine.close();
});
afterAll(() => rm(folder, { recursive: true }));

const ask = async (sql: string, options: QueryOptions = {}) => {
  const rows: unknown[][] = [];
  let columns: string[] = [];
  for await (const batch of runQuery(open, published, sql, options)) {
    columns = batch.columns.map(({ name }) => name);
    for (let row = 0; row < batch.rows; row++) rows.push(batch.values.map((column) => column[row]));
  }
  return { columns, rows };
};

describe('a query', () => {
  test('of a table that is not there is answered with all that there are, opened or not', async () => {
    await expect(ask('select * from wards', { known: ['visits', 'patients', 'stays'] })).rejects.toMatchObject({
      code: 'QUERY_FORBIDDEN',
      message: expect.stringContaining('there are patients, stays, visits'),
    });
  });

  test('reads the published tables, with the columns that are shown', async () => {
    expect(await ask('select * from patients order by age limit 1')).toEqual({
      columns: ['patient_id', 'age', 'registration_date', 'chronic_conditions'],
      rows: [['p0', 0, '2024-01-31', ['a', 'b']]],
    });
    expect((await ask('from VISITS')).columns).toEqual(['visit_id', 'patient_id', 'severity_score']);
  });

  test.each([
    [
      'joins, groups and aggregates',
      'select count(*), max(severity_score) from patients p join visits v using (patient_id)',
      [[1, 3]],
    ],
    ['common table expressions', 'with a as (select 1 as x), b as (select x + 1 as y from a) select y from b', [[2]]],
    [
      'recursion',
      'with recursive c as (select 1 as x union all select x + 1 from c where x < 3) select sum(x) from c',
      [[6]],
    ],
    [
      'correlated subqueries',
      'select (select count(*) from patients p where p.patient_id = v.patient_id) from visits v',
      [[1]],
    ],
    ['lateral joins', 'select y from visits, lateral (select severity_score + 1 as y) as l', [[4]]],
    ['windows', 'select row_number() over (order by visit_id) from visits', [[1]]],
    [
      'unnest and ranges',
      'select unnest([1, 2]) as x union all select range from range(1) order by x',
      [[0], [1], [2]],
    ],
    ['pivots with named values', 'select * from (select 1 as a, 2 as b) pivot (sum(b) for a in (1))', [[2]]],
    [
      'functions of texts, dates and lists',
      "select upper('a'), split_part('a-b', '-', 2), last_day(date '2024-02-03'), list_sum([1, 2]), nullif(1, 1)",
      [['A', 'b', '2024-02-29', 3, null]],
    ],
    ['a common table named as a file', `with "secret.csv" as (select 7 as x) select x from "secret.csv"`, [[7]]],
    ['a table that hides a published one', 'with visits as (select 8 as x) select x from visits', [[8]]],
    [
      'texts that look like statements',
      "select '; drop table patients; --' as t -- ; attach",
      [['; drop table patients; --']],
    ],
    ['a final semicolon', 'select 1;', [[1]]],
  ])('may use %s', async (_, sql, rows) => {
    expect((await ask(sql)).rows).toEqual(rows);
  });

  test('hands out its columns where there are no rows', async () => {
    expect(await ask('select age from patients where age < 0')).toEqual({ columns: ['age'], rows: [] });
  });

  test.each([0, 1, 2048, 3000, 9000])('hands out at most %d rows', async (limit) => {
    expect((await ask('select age from patients', { limit })).rows.length).toBe(Math.min(limit, 5000));
  });

  test('is cancelled by its signal', async () => {
    const aborter = new AbortController();
    setTimeout(() => aborter.abort(), 100);
    const endless =
      'select max(a.range + b.range) from range(10000000) a, range(10000000) b where a.range % 7 <> b.range % 11';
    await expect(ask(endless, { signal: aborter.signal })).rejects.toMatchObject({ code: 'ENGINE_CANCELLED' });
  });

  test('that is wrong is told why', async () => {
    await expect(ask('select agee from patients')).rejects.toMatchObject({
      code: 'QUERY_FAILED',
      message: expect.stringContaining('agee'),
    });
    await expect(ask('selec 1')).rejects.toMatchObject({
      code: 'QUERY_FAILED',
      message: expect.stringContaining('selec'),
    });
    await expect(ask('select cast(patient_id as int) from patients')).rejects.toMatchObject({ code: 'QUERY_FAILED' });
  });

  test('leaves nothing in the folder for spilling', async () => {
    await ask('select 1');
    expect((await readdir(join(folder, 'spill'))).length).toBe(0);
  });
});

describe('is QUERY_NOT_SELECT:', () => {
  test.each([
    '',
    '-- nothing',
    'select 1; select 2',
    'select 1; drop view patients',
    "copy patients to '/tmp/stolen.csv'",
    "copy (select 1) to '/dev/stdout'",
    'explain select 1',
    'explain analyze select 1',
    "explain analyze copy (select 1) to '/tmp/stolen.csv'",
    "attach '/tmp/other.db' as other",
    'detach memory',
    'use memory',
    'pragma version',
    'pragma database_list',
    "set memory_limit = '1TB'",
    'reset memory_limit',
    'set variable x = 1',
    'install httpfs',
    'load httpfs',
    'create table t as select 1',
    'create or replace view patients as select 1',
    'create macro f(x) as x',
    'create secret s (type s3)',
    'insert into patients values (1)',
    'update patients set age = 1',
    'delete from patients',
    'drop view patients',
    'alter view patients rename to p',
    'call duckdb_settings()',
    "export database '/tmp/stolen'",
    "import database '/tmp/stolen'",
    'prepare p as select 1',
    'execute p',
    'begin transaction',
    'checkpoint',
    'vacuum',
    'pivot patients on age using count(*)',
    "comment on view patients is 'x'",
  ])('%s', async (sql) => {
    await expect(ask(sql)).rejects.toMatchObject({ code: 'QUERY_NOT_SELECT' });
  });
});

describe('is refused:', () => {
  const file = '$SECRET_CSV';
  const parquet = '$SECRET_PARQUET';
  const withPaths = (sql: string) =>
    sql.replaceAll(file, join(folder, 'secret.csv')).replaceAll(parquet, join(folder, 'secret/part-0.parquet'));

  test.each([
    `select * from '${file}'`,
    `select * from "${file}"`,
    `from '${parquet}'`,
    `table '${file}'`,
    `select * from read_csv('${file}')`,
    `select * from READ_CSV_AUTO('${file}')`,
    `select * from read_text('${file}')`,
    `select * from read_blob('${file}')`,
    `select * from read_parquet('${parquet}')`,
    `select * from parquet_scan(['${parquet}'])`,
    `select * from parquet_metadata('${parquet}')`,
    `select * from parquet_schema('${parquet}')`,
    `select * from sniff_csv('${file}')`,
    `select * from read_json('${file}')`,
    `select * from read_duckdb('${file}')`,
    "select * from glob('/etc/*')",
    `select * from query('select * from read_csv(''${file}'')')`,
    "select * from query_table('patients')",
    `select * from query_table('${file}')`,
    "select * from json_execute_serialized_sql('{}')",
    `select json_serialize_plan('select * from read_csv(''${file}'')')`,
    "select getenv('HOME')",
    "select current_setting('temp_directory')",
    "select main.current_setting('temp_directory')",
    "select system.main.current_setting('temp_directory')",
    "select getvariable('x')",
    'select * from duckdb_settings()',
    'select * from duckdb_views()',
    'select * from duckdb_secrets()',
    'select * from duckdb_temporary_files()',
    'select * from pragma_version()',
    'select * from pragma_database_size()',
    'select get_block_size($$memory$$)',
    'select pg_catalog.pg_get_viewdef(1)',
    'select * from sqlite_master',
    'select * from duckdb_tables',
    'select * from information_schema.tables',
    'select * from pg_catalog.pg_class',
    'select * from memory.main.patients',
    'select * from main.patients',
    'select * from main."patients"',
    'describe patients',
    'summarize patients',
    'show tables',
    'show all tables',
    'select * from (describe patients)',
    'select * from (summarize patients)',
    'select * from (show databases)',
    'select sleep_ms(1)',
    "select error('x')",
    "select write_log('x')",
    "select nextval('s')",
    'select setseed(0.5)',
    'select current_query()',
    'select ?',
    'select $1',
    `with c as (select * from read_csv('${file}')) select * from c`,
    `with c as materialized (select * from '${file}') select 1`,
    `with "${file}" as (select * from "${file}") select * from "${file}"`,
    `select * from (with "${file}" as (select 1) select 1) as a, "${file}"`,
    `with recursive c as (select 1 as x union all select x from c, '${file}') select * from c`,
    `select (select count(*) from '${file}')`,
    `select 1 where exists (from '${file}')`,
    `select * from patients p where age in (select 1 from read_csv('${file}') where p.age = 1)`,
    `select * from patients, lateral (select * from '${file}') as l`,
    `select 1 union select 1 from '${file}'`,
    `select 1 except all (select 1 from read_text('${file}'))`,
    `select * from patients order by (select 1 from '${file}')`,
    `select 1 limit (select count(*) from '${file}')`,
    `select 1 offset (select count(*) from '${file}')`,
    `select count(*) filter (where exists (from '${file}')) from patients`,
    `select sum(age) over (partition by (select 1 from '${file}')) from patients`,
    `select * replace ((select 1 from '${file}') as age) from patients`,
    `select * from patients p join visits v on exists (from '${file}')`,
    `select distinct on ((select 1 from '${file}')) 1`,
    `select age from patients group by age having exists (from '${file}')`,
    `select age from patients qualify exists (from '${file}')`,
    `select list_transform([1], lambda x: x + (select 1 from '${file}'))`,
    `select case when true then (select 1 from '${file}') end`,
    `select * from (values ((select 1 from '${file}'))) as v`,
    `select * from range((select count(*) from '${file}'))`,
    `select * from (select 1 as a, 2 as b) pivot (sum(b + (select 1 from '${file}')) for a in (1))`,
    `select/**/*/**/from/**/read_csv/**/('${file}')`,
    `select * from "read_csv"('${file}')`,
    `select * from system.main.read_csv('${file}')`,
    "select\u00a0*\u00a0from\u2003glob('/etc/*')",
  ])('%s', async (sql) => {
    const refused = ask(withPaths(sql));
    await expect(refused).rejects.toMatchObject({
      code: 'QUERY_FORBIDDEN',
    });
  });

  test.each([
    "select 'HOME'.getenv()",
    `select * from U&"read\\005fcsv"('/etc/hosts')`,
    'select * from patients at (version => 1)',
  ])('or cannot be parsed or planned: %s', async (sql) => {
    await expect(ask(sql)).rejects.toMatchObject({ code: 'QUERY_FAILED' });
  });

  test('and what stands in the way is named', async () => {
    const named = async (sql: string, what: string) =>
      expect(ask(sql)).rejects.toMatchObject({ code: 'QUERY_FORBIDDEN', message: expect.stringContaining(what) });
    await named("select * from read_csv('x')", 'table function read_csv');
    await named("select getenv('HOME')", 'function getenv');
    await named('select * from sqlite_master', 'sqlite_master');
    await named('describe patients', 'DESCRIBE');
  });
});

test('a column that is not shown cannot be read', async () => {
  for (const sql of [
    'select _file from patients',
    'select extra from visits',
    'select columns($$^_.*$$) from patients',
  ]) {
    await expect(ask(sql)).rejects.toMatchObject({ code: 'QUERY_FAILED' });
  }
});
