// Steps on Spark with the lake in S3, while what they need fails: S3 goes away, the program is killed, two run at once. A coded
// error or the right result; the next run goes on from the last finished step, and readers see a whole run.
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { ListMultipartUploadsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { App } from '../../src/app.js';
import { contentsUnchanged } from '../../src/doctor/contents.js';
import type { Engine } from '../../src/engine/engine.js';
import type { Lander } from '../../src/engine/lander.js';
import { openSpark } from '../../src/engine/spark/engine.js';
import type { Lake } from '../../src/lake/lake.js';
import { openLocalLake } from '../../src/lake/local.js';
import { openS3Lake } from '../../src/lake/s3.js';
import { tagOf } from '../../src/lake/tag.js';
import { ingest } from '../../src/pipeline/land/ingest.js';
import { requireCurrent } from '../../src/pipeline/publish/manifest.js';
import { type RunResult, run } from '../../src/pipeline/run.js';
import { readStep, type StepRecord, stepKey } from '../../src/pipeline/runner.js';
import { generate } from '../../src/sources/generator/generate.js';
import { hasSpark, spark } from '../engine/spark/server.js';
import { Wire } from '../engine/spark/wire.js';
import { type BucketOfTest, endpoint, hasServer, makeBucket, owner } from '../lake/s3-server.js';
import { ended, Place } from './place.js';
import { digests, openEngine, unexplainedIn } from './workspace.js';

/** So many steps are left to Spark in each test, the last ones of the run: more than it makes side by side. */
const left = 6;
const someOfLeft = [1, 2, 3, 4, 5];
const prefix = 'our lake/workspaces/default';

// A server of Spark that waits for S3 as long as Hadoop does by itself takes five minutes to say that it is away.
describe.skipIf(!hasSpark || !hasServer)(
  'with Spark and S3 (CARELAKE_TEST_SPARK, CARELAKE_TEST_S3)',
  { timeout: 400_000 },
  () => {
    let bucket: BucketOfTest;
    let place: Place;
    /** For looking, past the wire. */
    let lake: Lake;
    let duckdb: Engine & Lander;
    /** The way of the runs to S3, from this process and from Spark. */
    let wire: Wire;
    let before: Record<string, string>;
    let after: Record<string, string>;
    let environment: Record<string, string>;
    let old: Buffer;
    let newest: string;
    let last: readonly string[];

    beforeAll(async () => {
      bucket = await makeBucket();
      place = await Place.make();
      duckdb = await openEngine(place);
      lake = openS3Lake(bucket.options({ prefix }));
      wire = await Wire.to(Number(new URL(endpoint).port));
      environment = {
        CARELAKE_LAKE: `s3://${bucket.bucket}/our lake`,
        CARELAKE_ENGINE: spark,
        CARELAKE_SPARK_S3: 'keys',
        AWS_ENDPOINT_URL: endpoint,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: owner.accessKeyId,
        AWS_SECRET_ACCESS_KEY: owner.secretAccessKey,
      };
      // Two runs by DuckDB, in a folder: what Spark makes in S3 of the steps that are then left to it must be the same.
      const made = openLocalLake({ root: join(place.path, 'made') });
      for (const seed of [1, 2]) {
        const out = join(place.path, `hospital-${seed}`);
        await generate({ patients: 40, seed, out, dirty: 0 });
        const paths = ['patients', 'visits'].map((table) => join(out, `${table}.csv`));
        await ingest({ paths }, { lake: made, lander: duckdb, clock: () => new Date('2031-01-01T12:00:00Z') });
        await run(made, duckdb);
        if (seed > 1) continue;
        old = (await made.get('current.json'))?.body as Buffer;
        before = await digests(made, duckdb);
      }
      after = await digests(made, duckdb);
      const { id, steps } = await requireCurrent(made);
      newest = id;
      const keys: string[] = [];
      for await (const { key } of made.list('')) keys.push(key);
      await Promise.all(keys.map(async (key) => lake.put(key, await buffer(await made.read(key)))));
      last = Object.values(steps).slice(-left);
    }, 300_000);
    afterAll(async () => {
      await wire?.close();
      await duckdb?.close();
      await lake?.close();
      await bucket?.remove();
      await place?.remove();
    });

    beforeEach(async () => {
      await lake.put('current.json', old);
      await lake.remove([`runs/${newest}/manifest.json`]);
      for (const hash of last) await lake.remove(await keysBelow(stepKey(hash)));
    });
    afterEach(() => {
      wire.down = false;
    });

    const keysBelow = async (folder: string): Promise<string[]> => {
      const keys: string[] = [];
      for await (const { key } of lake.list(folder)) keys.push(key);
      return keys;
    };

    /** Waits until so many of the steps that were left to Spark are finished, and another is begun, in a run that has not ended. */
    async function finished(steps: number, running: Promise<unknown>): Promise<void> {
      let end: unknown;
      const note = (outcome: unknown) => {
        end = outcome;
      };
      running.then(note, note);
      for (;;) {
        if (end !== undefined) throw new Error(`The run ended early: ${JSON.stringify(end)}`);
        const seen = await Promise.all(last.map((hash) => keysBelow(stepKey(hash))));
        const ended = seen.filter((keys) => keys.some((key) => key.endsWith('/step.json'))).length;
        const begun = seen.filter((keys) => keys.length > 0).length;
        if (ended >= steps && begun > ended) return;
        await pause(20);
      }
    }

    /** A run of this process on Spark; both reach S3 over the wire. It asks so often where it says nothing else. */
    async function runOverWire(asking: { attempts?: number } = {}): Promise<RunResult> {
      const overWire = openS3Lake(
        bucket.options({
          prefix,
          ...asking,
          endpoint: `http://127.0.0.1:${wire.port}`,
          cache: { folder: join(place.path, 'copies'), bytes: 2 ** 30 },
        }),
      );
      const engine = await openSpark({ address: spark, ...(overWire.direct && { s3: overWire.direct.access }) });
      try {
        return await run(overWire, engine);
      } finally {
        await engine.close();
        await overWire.close();
      }
    }

    const start = (): ChildProcess => place.start(['run', '--json'], { environment });
    const reusedOfLeft = ({ steps }: Pick<RunResult, 'steps'>) =>
      steps.filter(({ hash, reused }) => last.includes(hash) && reused).length;

    /** What is published is right, and no crash has left anything that a collection does not find. */
    async function isWhole(): Promise<void> {
      expect(await digests(lake, duckdb)).toEqual(after);
      await place.json(['gc', '--grace', '0'], { environment });
      expect(await unexplainedIn(lake)).toEqual([]);
      const own = { Bucket: bucket.bucket, Prefix: `${prefix}/.scratch/` };
      const { Contents = [] } = await bucket.client.send(new ListObjectsV2Command(own));
      // Locks that this process could not take back while S3 was away, one for each step that it was storing, are held for it
      // until they have been silent for long.
      const left = Contents.map(({ Key = '' }) => Key.slice(own.Prefix.length));
      expect(last.map((hash) => `locks/${tagOf(stepKey(hash))}`)).toEqual(expect.arrayContaining(left));
      const { Uploads = [] } = await bucket.client.send(new ListMultipartUploadsCommand({ Bucket: bucket.bucket }));
      expect(Uploads).toEqual([]);
    }

    test('a run goes on where its connections to S3 are cut, and Spark’s, again and again', async () => {
      const running = runOverWire();
      await finished(1, running);
      for (let times = 0; times < 3; times++) {
        wire.cut();
        await pause(300);
      }
      expect(await running).toMatchObject({ published: true });
      await isWhole();
    });

    test('a run from which S3 stays away fails by a code, and the next goes on from the last finished step', async () => {
      const running = runOverWire({ attempts: 3 });
      const failed = expect(running).rejects.toMatchObject({ code: expect.stringMatching(/^LAKE_/) });
      await finished(1, running);
      wire.down = true;
      wire.cut();
      await failed;
      expect(await digests(lake, duckdb)).toEqual(before);
      wire.down = false;
      expect(someOfLeft).toContain(reusedOfLeft(await runOverWire()));
      await isWhole();
    });

    test('what Spark wrote is found changed by what S3 said of it, though no byte of it passed this machine', async () => {
      await runOverWire();
      const check = () => contentsUnchanged({ lake } as App);
      expect(await check()).toMatchObject({ state: 'ok', detail: expect.not.stringContaining('alone') });
      const record = (await readStep(lake, last[0] as string)) as StepRecord;
      expect(record).toMatchObject({ etags: record.files.map(() => expect.stringMatching(/^"[0-9a-f]{32}"$/)) });
      const key = `${stepKey(record.hash)}/${record.files[0]}`;
      await lake.put(key, 'x');
      expect(await check()).toMatchObject({
        state: 'failed',
        detail: expect.stringContaining(`${key} is not what was`),
      });
    });

    test('a program that is killed shows nobody half a run, and the next completes it', async () => {
      const child = start();
      const end = ended(child);
      await finished(1, end);
      child.kill('SIGKILL');
      expect(await end).toMatchObject({ signal: 'SIGKILL' });
      expect(await digests(lake, duckdb)).toEqual(before);
      expect(someOfLeft).toContain(reusedOfLeft(JSON.parse((await ended(start())).stdout)));
      await isWhole();
    });

    test('a second run is refused while one is at work', async () => {
      const end = ended(start());
      await finished(0, end);
      const second = await ended(start());
      expect({ ...JSON.parse(second.stdout), exit: second.code }).toMatchObject({ code: 'RUN_IN_PROGRESS', exit: 1 });
      expect(await end).toMatchObject({ code: 0 });
      await isWhole();
    });
  },
);
