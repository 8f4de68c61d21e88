// One lake of every kind of data, four times: its steps made by DuckDB and by Spark, its files in a folder and in S3. What
// comes out must be equal: each step and mart in its columns, types, values and NULLs, and the account of every file.
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lake } from '../../src/lake/lake.js';
import { openS3Lake } from '../../src/lake/s3.js';
import { type Manifest, requireCurrent } from '../../src/pipeline/publish/manifest.js';
import { hasSpark, spark } from '../engine/spark/server.js';
import { type BucketOfTest, endpoint, hasServer, makeBucket, owner } from '../lake/s3-server.js';
import { landing, writeCorpus } from './hostile-files.js';
import { Place } from './place.js';
import { contents, digests, lakeOf, openEngine, type StepContent } from './workspace.js';

const data = process.env.CARELAKE_TEST_DATA ?? resolve(import.meta.dirname, '../../../shared/data');
const uciZip = join(data, 'uci-diabetes-130', 'dataset_diabetes.zip');
const syntheaZip = join(data, 'synthea', 'synthea_sample_data_csv.zip');

/** A zone in which no day ends while the tests run: what has landed on another day is another batch. */
const TZ = new Date().getUTCHours() < 12 ? 'Etc/GMT-6' : 'Etc/GMT+6';

interface Made {
  readonly place: Place;
  readonly lake: Lake;
  readonly manifest: Manifest;
  readonly steps: Readonly<Record<string, StepContent>>;
  readonly digests: Readonly<Record<string, string>>;
}

/** What is in a manifest whatever made the run, and whenever. */
function said({ started_at, finished_at, ms, engine, ...rest }: Manifest): Partial<Manifest> {
  return rest;
}

/** With `truth` left out: the generator's, no file of the hospital. */
const hospital = ['patients', 'visits', 'prescriptions', 'diagnoses'].map((table) => `hospital/${table}.csv`);

async function make(home: Place, name: string, environment: Readonly<Record<string, string>>): Promise<Place> {
  const place = new Place(join(home.path, name));
  await mkdir(place.path);
  const options = { environment: { TZ, ...environment } };
  const files = hospital.map((file) => join(home.path, file));
  await place.json(['ingest', ...files], options);
  await place.json(['ingest', join(home.path, 'hostile'), '--as', 'visits', '--source', 'hostile'], options);
  for (const zip of [uciZip, syntheaZip]) if (existsSync(zip)) await place.json(['ingest', zip], options);
  await place.json(['run'], options);
  return place;
}

describe.skipIf(!hasSpark || !hasServer)(
  'the same steps by DuckDB and Spark, in a folder and in S3 (CARELAKE_TEST_SPARK, CARELAKE_TEST_S3)',
  { timeout: 900_000 },
  () => {
    let home: Place;
    let bucket: BucketOfTest;
    const made = new Map<string, Made>();
    const inS3 = (name: string): Record<string, string> => ({
      CARELAKE_LAKE: `s3://${bucket.bucket}/${name}`,
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: owner.accessKeyId,
      AWS_SECRET_ACCESS_KEY: owner.secretAccessKey,
    });
    const s3Lake = (name: string): Lake => openS3Lake(bucket.options({ prefix: `${name}/workspaces/default` }));

    beforeAll(async () => {
      home = await Place.make();
      bucket = await makeBucket();
      await home.json(['generate', '--patients', '300', '--seed', '3', '--dirty', '0.2', '--out', 'hospital']);
      await writeCorpus(join(home.path, 'hostile'));
      const onSpark = { CARELAKE_ENGINE: spark };
      const ways = {
        'DuckDB in a folder': () => make(home, 'duckdb', {}),
        'DuckDB in S3': () => make(home, 'duckdb-s3', inS3('duckdb')),
        'Spark in a folder': () => make(home, 'spark', onSpark),
        'Spark in S3': () => make(home, 'spark-s3', { ...onSpark, ...inS3('spark'), CARELAKE_SPARK_S3: 'keys' }),
      };
      // Side by side: Spark alone plans much and computes little here.
      const places = await Promise.all(Object.entries(ways).map(async ([way, start]) => [way, await start()] as const));
      const engine = await openEngine(home);
      try {
        for (const [way, place] of places) {
          const lake = way.endsWith('in S3') ? s3Lake(way.startsWith('Spark') ? 'spark' : 'duckdb') : lakeOf(place);
          const [manifest, steps] = [await requireCurrent(lake), await contents(lake, engine)];
          made.set(way, { place, lake, manifest, steps, digests: await digests(lake, engine) });
        }
      } finally {
        await engine.close();
      }
    }, 900_000);
    afterAll(async () => {
      for (const { lake } of made.values()) await lake.close();
      await bucket?.remove();
      await home?.remove();
    });

    const of = (way: string): Made => {
      const found = made.get(way);
      if (!found) throw new Error(`Nothing was made by ${way}.`);
      return found;
    };
    const first = () => of('DuckDB in a folder');

    test('there is something of everything to compare', () => {
      const { manifest, steps } = first();
      const filled = Object.entries(steps).filter(([, { rows }]) => rows > 0);
      expect(Object.keys(manifest.steps).sort()).toEqual(Object.keys(steps).sort());
      // Some steps hand on what they were given.
      expect(new Set(filled.map(([, content]) => JSON.stringify(content))).size).toBeGreaterThan(60);
      expect(filled.map(([name]) => name)).toEqual(
        expect.arrayContaining(['issues', 'dispositions', 'link/visits', 'marts/stays', 'marts/months']),
      );
      expect(of('Spark in a folder').manifest.engine).toMatch(/^spark /);
      expect(of('Spark in S3').manifest.engine).toMatch(/^spark /);
    });

    describe.each(['DuckDB in S3', 'Spark in a folder', 'Spark in S3'])(
      '%s makes what DuckDB makes in a folder:',
      (way) => {
        test('the same steps, each equal in columns, types, values and NULLs, the order of rows aside', () => {
          expect(of(way).steps).toEqual(first().steps);
        });

        test('the same digests of what is published', () => {
          expect(of(way).digests).toEqual(first().digests);
        });

        test('the same account of every file, and the same quality, conflicts, twins and orphans', () => {
          expect(said(of(way).manifest)).toEqual(said(first().manifest));
        });
      },
    );

    const total = (source: string, column: 'used' | 'rejected' | 'duplicates' | 'total') =>
      first()
        .manifest.accounting.filter((row) => row.source === source)
        .reduce((sum, { records }) => sum + records[column], 0);

    test('generated data with defects is in it', () => {
      for (const end of ['used', 'rejected', 'duplicates'] as const) expect(total('default', end)).toBeGreaterThan(50);
    });

    test('every file of the hostile corpus is in it', () => {
      const files = first().manifest.accounting.filter(({ source }) => source === 'hostile');
      expect(files.map(({ file }) => file).sort()).toEqual(Object.keys(landing).sort());
      expect(total('hostile', 'rejected')).toBeGreaterThan(5);
    });

    test.skipIf(!existsSync(uciZip))(`all 101,766 encounters of UCI are in it (${uciZip})`, () => {
      expect(first().manifest.tables.stays?.rows).toBeGreaterThan(101_766);
      expect(total('uci-diabetes', 'used')).toBeGreaterThanOrEqual(101_766);
    });

    test.skipIf(!existsSync(syntheaZip))(`the 18 files of Synthea are in it (${syntheaZip})`, () => {
      expect(first().manifest.accounting.filter(({ source }) => source === 'synthea')).toHaveLength(18);
      expect(total('synthea', 'used')).toBeGreaterThan(16_000);
    });
  },
);
