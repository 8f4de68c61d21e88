// Processes that land objects of S3 in one lake: killed in the middle, and side by side on prefixes of their own.
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openDuckdb } from '../../src/engine/duckdb/engine.js';
import type { Engine } from '../../src/engine/engine.js';
import type { Lander } from '../../src/engine/lander.js';
import type { Lake } from '../../src/lake/lake.js';
import { openLocalLake } from '../../src/lake/local.js';
import { openS3Lake, type S3LakeOptions } from '../../src/lake/s3.js';
import { readBatches } from '../../src/pipeline/batch.js';
import { collectGarbage } from '../../src/pipeline/gc.js';
import { ingest } from '../../src/pipeline/land/ingest.js';
import type { IngestResult } from '../../src/pipeline/land/report.js';
import { run } from '../../src/pipeline/run.js';
import { outputOf, start } from '../child/run.js';
import { digests } from '../end-to-end/workspace.js';
import { FaultProxy, type Seen } from '../lake/fault-proxy.js';
import { type BucketOfTest, endpoint, hasServer, makeBucket } from '../lake/s3-server.js';
import type { Job } from './ingest-objects-worker.js';

const program = join(import.meta.dirname, 'ingest-objects-worker.ts');

const patients = (from: number, rows: number): string =>
  `patient_id,age\n${Array.from({ length: rows }, (_, n) => `p${from + n},${n % 90}`).join('\n')}\n`;
const visits = (from: number, rows: number): string =>
  `visit_id,patient_id,visit_date\n${Array.from({ length: rows }, (_, n) => `v${from + n},p${n},2024-01-05`).join('\n')}\n`;

describe.skipIf(!hasServer)('processes that land objects of S3 (CARELAKE_TEST_S3)', () => {
  let bucket: BucketOfTest;
  let folder: string;
  let engine: Engine & Lander;
  let places = 0;
  beforeAll(async () => {
    bucket = await makeBucket();
    folder = await mkdtemp(join(tmpdir(), 'carelake-objects-'));
    engine = await openDuckdb({ memory: 1e9, threads: 2, temporary: folder });
  });
  afterAll(async () => {
    await engine.close();
    await bucket.remove();
    await rm(folder, { recursive: true, force: true });
  });

  let options: S3LakeOptions;
  let lake: Lake;
  let proxy: FaultProxy;
  beforeEach(async () => {
    places += 1;
    options = bucket.options({
      prefix: `lake/${places}`,
      cache: { folder: join(folder, `copies-${places}`), bytes: 2 ** 30 },
    });
    lake = openS3Lake(options);
    proxy = await FaultProxy.before(endpoint);
  });
  afterEach(async () => {
    await lake.close();
    await proxy.close();
  });

  const startLanding = (paths: readonly string[]) => {
    const job: Job = { lake: options, endpoint: proxy.endpoint, paths, batchBytes: 40_000, temporary: folder };
    return start(program, [JSON.stringify(job)]);
  };
  const batchesOf = async (output: Promise<string>) => JSON.parse(await output) as IngestResult['batches'];
  const isRead = ({ method, path }: Seen): boolean => method === 'GET' && !path.includes('list-type');

  /** Puts the files below the prefix of the test, and lands the same from folders in a lake of its own. */
  async function give(
    files: Readonly<Record<string, string>>,
    folders = [''],
  ): Promise<{ address: string; local: Lake }> {
    const given = join(folder, `given-${places}`);
    for (const [name, content] of Object.entries(files)) {
      await mkdir(join(given, name, '..'), { recursive: true });
      await writeFile(join(given, name), content);
      const Key = `in/${places}/${name}`;
      await bucket.client.send(new PutObjectCommand({ Bucket: bucket.bucket, Key, Body: content }));
    }
    const local = openLocalLake({ root: join(folder, `local-${places}`) });
    const clock = () => new Date('2031-01-01T12:00:00');
    for (const one of folders) await ingest({ paths: [join(given, one)] }, { lake: local, lander: engine, clock });
    await run(local, engine);
    return { address: `s3://${bucket.bucket}/in/${places}/`, local };
  }

  test('one that was killed in the middle leaves what had landed; the next lands the rest, and nothing twice', async () => {
    const files = Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`${n}.csv`, patients(n * 10_000, 2_000)]));
    const { address, local } = await give(files);
    const killed = startLanding([address]);
    let reads = 0;
    proxy.decide = (seen) => {
      // Its head is read before anything lands.
      if (!isRead(seen) || !seen.path.includes('/5.csv') || ++reads < 2) return { kind: 'pass' };
      killed.kill('SIGKILL');
      return { kind: 'cut request', after: 0 };
    };
    await once(killed, 'close');
    expect(killed.signalCode).toBe('SIGKILL');
    expect((await readBatches(lake)).flatMap((batch) => batch.files.map(({ name }) => name))).toEqual([
      '1.csv',
      '2.csv',
      '3.csv',
      '4.csv',
    ]);
    proxy.decide = () => ({ kind: 'pass' });
    proxy.seen.splice(0);
    const landed = await batchesOf(outputOf(startLanding([address])));
    expect(landed.flatMap((batch) => batch.files.map((file) => [file.name, file.already_there])).sort()).toEqual(
      Object.keys(files).map((name) => [name, name < '5']),
    );
    expect(proxy.seen.filter(isRead).every(({ path }) => /[56][.]csv/.test(path))).toBe(true);
    await run(lake, engine);
    expect(await digests(lake, engine)).toEqual(await digests(local, engine));
    await collectGarbage(lake, { keep: 1, grace: 0, dry: false });
    expect(await readdir(join(options.cache.folder, 'scratch'))).toEqual([]);
    await local.close();
  });

  test('several on prefixes of their own land side by side, and their tables are those of landing one after the other', async () => {
    const parts = ['north', 'south', 'west'];
    const files = {
      'north/1.csv': patients(0, 3_000),
      'north/2.csv': patients(5_000, 3_000),
      'south/1.csv': visits(0, 2_000),
      'south/2.csv': visits(5_000, 2_000),
      'west/1.csv': patients(9_000, 1_000),
    };
    const { address, local } = await give(files, parts);
    const landed = await Promise.all(parts.map((part) => batchesOf(outputOf(startLanding([address + part])))));
    expect(landed.flat().flatMap(({ files }) => files.map((file) => file.already_there))).toEqual(Array(5).fill(false));
    const sequences = (await readBatches(lake)).map(({ sequence }) => sequence);
    expect(sequences).toHaveLength(landed.flat().length);
    expect(new Set(sequences).size).toBe(sequences.length);
    await run(lake, engine);
    expect(await digests(lake, engine)).toEqual(await digests(local, engine));
    await local.close();
  });
});
