// What fails on the way to a server that is well, and what only looks like one: it goes on without loss, or is a coded error.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer as createWebServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engine, rowsOf } from '../../../src/engine/engine.js';
import { openSpark } from '../../../src/engine/spark/engine.js';
import { hasSpark, spark } from './server.js';
import { freePort, Wire } from './wire.js';

describe('where no Spark Connect server is', () => {
  const unreachable = async (address: string, words: string) => {
    await expect(openSpark({ address })).rejects.toMatchObject({
      code: 'ENGINE_UNREACHABLE',
      message: expect.stringContaining(words),
      cause: expect.objectContaining({ name: 'SparkFault' }),
    });
  };

  test('a port at which nothing listens is named', async () => {
    const port = await freePort();
    await unreachable(`sc://127.0.0.1:${port}`, `sc://127.0.0.1:${port} refuses the connection`);
  });

  test('a host that nobody knows is said to be that', () =>
    unreachable('sc://carelake-tests.invalid', 'has a host name that nobody knows'));

  test('a web server is no Spark', async () => {
    const server = createWebServer((_, response) => response.end('hello'));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    await unreachable(`sc://127.0.0.1:${(server.address() as AddressInfo).port}`, 'does not speak gRPC without TLS');
    server.closeAllConnections();
    server.close();
  });

  test('what hangs up at once is no Spark', async () => {
    const server = createServer((socket) => socket.destroy());
    await once(server.listen(0, '127.0.0.1'), 'listening');
    await unreachable(`sc://127.0.0.1:${(server.address() as AddressInfo).port}`, 'does not answer');
    server.close();
  });
});

describe.skipIf(!hasSpark)('with a Spark Connect server (CARELAKE_TEST_SPARK)', { timeout: 180_000 }, () => {
  let folder: string;
  let wire: Wire;
  let engine: Engine;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'carelake-spark-'));
    wire = await Wire.to(Number(new URL(spark.replace('sc:', 'http:')).port));
    engine = await openSpark({ address: `sc://127.0.0.1:${wire.port}`, patienceMs: 5_000 });
  });
  afterAll(async () => {
    await engine.close();
    await wire.close();
    await rm(folder, { recursive: true });
  });

  const output = async () => {
    const made = join(folder, randomUUID());
    await mkdir(made);
    return made;
  };
  /** A SELECT of so many rows, made by several tasks. */
  const numbers = (rows: number) =>
    `select id as n, sha2(cast(id as string), 256) as text from range(0, ${rows}, 1, 8)`;
  const job = (sql: string) => ({ name: 'clean/visits@1', sql, inputs: {} });

  test('a result whose stream is cut again and again comes whole, each row once', async () => {
    const rows = 400_000;
    const seen = new Set<unknown>();
    let batches = 0;
    let cuts = 0;
    for await (const batch of engine.query(job(numbers(rows)))) {
      if (++batches % 10 === 1) cuts += wire.cut();
      for (const n of batch.values[0] ?? []) {
        expect(seen.has(n)).toBe(false);
        seen.add(n);
      }
    }
    expect(seen.size).toBe(rows);
    expect(cuts).toBeGreaterThan(1);
  });

  test('a step during which the way is cut is finished, and counted right', async () => {
    const target = await output();
    const patient = await openSpark({ address: `sc://127.0.0.1:${wire.port}` });
    let cuts = 0;
    // Ever later, so that a machine that is slow to connect gets through as well.
    const cutIn = (ms: number): NodeJS.Timeout =>
      setTimeout(() => {
        cuts += wire.cut();
        cutting = cutIn(1.5 * ms);
      }, ms);
    let cutting = cutIn(100);
    try {
      expect(await patient.materialize({ ...job(numbers(1_500_000)), output: target })).toEqual({ rows: 1_500_000 });
    } finally {
      clearTimeout(cutting);
      await patient.close();
    }
    expect(cuts).toBeGreaterThan(1);
    const files = (await readdir(target)).map((file) => join(target, file));
    const [found] = await rowsOf(engine, { ...job('select count(distinct n) as n from t'), inputs: { t: files } });
    expect(found).toEqual({ n: 1_500_000 });
  });

  test('a way that stays cut is ENGINE_UNREACHABLE, and the same engine goes on when it is open again', async () => {
    const target = await output();
    const failed = expect(engine.materialize({ ...job(numbers(5_000_000)), output: target })).rejects.toMatchObject({
      code: 'ENGINE_UNREACHABLE',
      message: expect.stringContaining('clean/visits@1'),
    });
    setTimeout(() => {
      wire.down = true;
      wire.cut();
    }, 500);
    await failed;
    wire.down = false;
    expect(await engine.materialize({ ...job(numbers(10)), output: await output() })).toEqual({ rows: 10 });
  });

  test('an abort while the way is cut ends with ENGINE_CANCELLED', async () => {
    const aborter = new AbortController();
    const failed = expect(
      engine.materialize({ ...job(numbers(5_000_000)), output: await output(), signal: aborter.signal }),
    ).rejects.toMatchObject({ code: 'ENGINE_CANCELLED' });
    setTimeout(() => {
      wire.down = true;
      wire.cut();
      setTimeout(() => aborter.abort(), 300);
    }, 500);
    await failed;
    wire.down = false;
  });

  test('what is written is Parquet files alone, named alike in every run', async () => {
    const target = await output();
    await engine.materialize({ ...job(numbers(100)), output: target });
    expect((await readdir(target)).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((n) => `part-0000${n}.parquet`));
  });

  test('a type that no other engine reads is refused before anything is written', async () => {
    const target = await output();
    const sql = "select interval '1' day as pause, cast(1 as tinyint) as small, map('a', 1) as pairs, 1 as fine";
    await expect(engine.materialize({ ...job(sql), output: target })).rejects.toMatchObject({
      code: 'ENGINE_TYPE_NOT_PORTABLE',
      message: expect.stringMatching(/clean.visits@1.*pause.*small.*pairs/),
      faults: [{ field: 'pause' }, { field: 'small' }, { field: 'pairs' }],
    });
    expect(await readdir(target)).toEqual([]);
  });

  test('a file that is not there is said to be missing as Spark sees it', async () => {
    const path = join(folder, 'nowhere.parquet');
    await expect(rowsOf(engine, { ...job('select * from t'), inputs: { t: [path] } })).rejects.toMatchObject({
      code: 'ENGINE_FAILED',
      message: expect.stringContaining(path),
      cause: expect.objectContaining({ errorClass: 'PATH_NOT_FOUND', sqlState: '42K03' }),
    });
  });

  test('a file that is no Parquet is LAKE_DAMAGED', async () => {
    const path = join(folder, 'damaged.parquet');
    await writeFile(path, 'PAR1 and nothing else');
    await expect(rowsOf(engine, { ...job('select * from t'), inputs: { t: [path] } })).rejects.toMatchObject({
      code: 'LAKE_DAMAGED',
    });
  });

  test('an error names class and SQLSTATE, and nowhere a value of a row', async () => {
    const sql = "select cast(name as bigint) as n from (values ('Jane Roe 1950')) as t(name)";
    const error: unknown = await rowsOf(engine, job(sql)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'ENGINE_FAILED',
      cause: { errorClass: 'CAST_INVALID_INPUT', sqlState: '22018' },
    });
    const everything = [error, (error as Error).cause].map((thrown) =>
      JSON.stringify(Object.getOwnPropertyNames(thrown).map((name) => String(Reflect.get(thrown as object, name)))),
    );
    expect(everything.join()).not.toMatch(/Jane|Roe|1950/);
  });

  test('TLS is asked of a server that has none: ENGINE_UNREACHABLE says so', async () => {
    await expect(openSpark({ address: `sc://localhost:${wire.port}/;use_ssl=true` })).rejects.toMatchObject({
      code: 'ENGINE_UNREACHABLE',
      message: expect.stringContaining('does not speak gRPC with TLS'),
    });
  });
});
