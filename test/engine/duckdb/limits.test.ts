// Memory, disk and types: what DuckDB does at its limits.
import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDuckdb } from '../../../src/engine/duckdb/engine.js';
import { type Engine, rowsOf } from '../../../src/engine/engine.js';

let folder: string;
let engine: Engine | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carelake-limits-'));
});
afterEach(async () => {
  await engine?.close();
  engine = undefined;
  await rm(folder, { recursive: true });
});

const spill = () => join(folder, 'spill');
const openWith = async (memory: number) => {
  engine = await openDuckdb({ memory, threads: 2, temporary: spill() });
  return engine;
};
const materialize = async (opened: Engine, sql: string) => {
  const output = join(folder, 'out');
  await mkdir(output, { recursive: true });
  return opened.materialize({ name: 'marts/big', sql, inputs: {}, output });
};

test('a sort larger than the memory spills into the folder given, which is gone after closing', async () => {
  const opened = await openWith(150_000_000);
  const spilled = new Set<string>();
  const sql = 'select i, sha256(cast(i as string)) as hash from range(3000000) as t(i) order by hash';
  let ended = false;
  const rows = materialize(opened, sql).finally(() => {
    ended = true;
  });
  while (!ended) {
    for (const file of await readdir(spill(), { recursive: true })) spilled.add(file);
    await setTimeout(5);
  }
  expect(await rows).toEqual({ rows: 3_000_000 });
  expect([...spilled].some((file) => file.endsWith('.tmp'))).toBe(true);
  await opened.close();
  engine = undefined;
  expect(await readdir(spill())).toEqual([]);
});

test('what can neither be held nor spilled is ENGINE_OUT_OF_MEMORY, and the engine goes on', async () => {
  const opened = await openWith(40_000_000);
  const sql = "select string_agg(sha256(cast(i as string)), ',') as everything from range(5000000) as t(i)";
  await expect(materialize(opened, sql)).rejects.toMatchObject({ code: 'ENGINE_OUT_OF_MEMORY' });
  expect(await rowsOf(opened, { name: 'after', sql: 'select 1 as x', inputs: {} })).toEqual([{ x: 1 }]);
});

test('a full disk is LAKE_DISK_FULL', async () => {
  const opened = await openWith(200_000_000);
  await mkdir(join(folder, 'out'));
  for (const file of ['part-0.parquet', 'tmp_part-0.parquet']) await symlink('/dev/full', join(folder, 'out', file));
  await expect(materialize(opened, 'select i from range(100000) as t(i)')).rejects.toMatchObject({
    code: 'LAKE_DISK_FULL',
  });
});

test('a folder that is not there is ENGINE_FAILED', async () => {
  const opened = await openWith(200_000_000);
  const job = { name: 's', sql: 'select 1 as x', inputs: {}, output: join(folder, 'nowhere') };
  await expect(opened.materialize(job)).rejects.toMatchObject({ code: 'ENGINE_FAILED' });
});

describe('a column that another engine cannot read is refused before anything is written', () => {
  test.each([
    ['HUGEINT', 'sum(1)'],
    ['UUID', 'uuid()'],
    ['TIME', "time '10:00'"],
    ['INTERVAL', 'interval 1 day'],
    ['TIMESTAMP_NS', "cast('2024-01-01' as timestamp_ns)"],
    ['TIMESTAMP WITH TIME ZONE', 'now()'],
    ['UBIGINT', 'cast(1 as ubigint)'],
    ['SMALLINT', 'cast(1 as smallint)'],
    ['FLOAT', 'cast(1 as float)'],
    ['BLOB', "'a'::blob"],
    ['JSON', "'{}'::json"],
    ['STRUCT', "{'a': 1}"],
    ['BIGINT[]', '[1::bigint]'],
  ])('%s', async (type, expression) => {
    const opened = await openWith(200_000_000);
    await expect(materialize(opened, `select 1 as fine, ${expression} as wrong`)).rejects.toMatchObject({
      code: 'ENGINE_TYPE_NOT_PORTABLE',
      message: expect.stringMatching(/marts\/big.*wrong/),
      faults: [{ field: 'wrong', value: expect.stringContaining(type) }],
    });
    expect(await readdir(join(folder, 'out'))).toEqual([]);
  });
});
