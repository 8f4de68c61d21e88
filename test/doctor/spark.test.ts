// What the doctor finds of Spark: that it reads and writes the lake, that it is not there, that it sees another folder.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type App, openApp } from '../../src/app.js';
import { readConfiguration } from '../../src/config.js';
import { sparkReachesLake } from '../../src/doctor/spark.js';
import { CarelakeError } from '../../src/errors.js';
import { hasSpark, spark } from '../engine/spark/server.js';
import { freePort } from '../engine/spark/wire.js';
import { type BucketOfTest, endpoint, hasServer, makeBucket, owner } from '../lake/s3-server.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carelake-doctor-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function found(engine: string, more: Record<string, string> = {}) {
  const environment = { CARELAKE_ENGINE: engine, ...more };
  const app: App = await openApp(readConfiguration({ environment, flags: { data: folder }, folder }).config);
  try {
    return await sparkReachesLake(app);
  } catch (error) {
    return error instanceof CarelakeError ? error.code : error;
  } finally {
    await app.close();
  }
}

test('where DuckDB runs the steps nothing is asked of Spark', async () => {
  expect(await found('duckdb')).toMatchObject({ state: 'ok', detail: expect.stringContaining('DuckDB') });
});

test('a Spark that is not there is a failure', async () => {
  expect(await found(`sc://127.0.0.1:${await freePort()}`)).toBe('ENGINE_UNREACHABLE');
});

describe.skipIf(!hasSpark)('with Spark (CARELAKE_TEST_SPARK)', { timeout: 120_000 }, () => {
  test('a lake in a folder that it shares is in order, and nothing is left in it', async () => {
    expect(await found(spark)).toEqual({ state: 'ok', detail: expect.stringMatching(/^Spark [34][.].* reads [/]/) });
    expect(await readdir(join(folder, 'workspaces/default/.scratch'))).toEqual([]);
  });

  describe.skipIf(!hasServer)('and S3 (CARELAKE_TEST_S3)', () => {
    let bucket: BucketOfTest;
    beforeAll(async () => {
      bucket = await makeBucket();
      // The client of S3 in this process reads nothing but the environment.
      vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
      vi.stubEnv('AWS_REGION', 'us-east-1');
      vi.stubEnv('AWS_ACCESS_KEY_ID', owner.accessKeyId);
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', owner.secretAccessKey);
    });
    afterAll(async () => {
      vi.unstubAllEnvs();
      await bucket.remove();
    });

    test('a lake in S3 is in order where Spark has keys, and the right is what is missing where it has none', async () => {
      const lake = { CARELAKE_LAKE: `s3://${bucket.bucket}/lake`, AWS_ENDPOINT_URL: endpoint };
      expect(await found(spark, { ...lake, CARELAKE_SPARK_S3: 'keys' })).toMatchObject({
        state: 'ok',
        detail: expect.stringContaining(`writes and reads ${lake.CARELAKE_LAKE}`),
      });
      expect(await found(spark, { ...lake, CARELAKE_SPARK_S3: 'cluster' })).toBe('ENGINE_FAILED');
      // This server takes the request for encryption and does nothing about it.
      expect(
        await found(spark, { ...lake, CARELAKE_SPARK_S3: 'keys', CARELAKE_S3_ENCRYPTION: 'aws:kms:our-key' }),
      ).toBe('LAKE_NOT_ENCRYPTED');
      const { Contents = [] } = await bucket.client.send(new ListObjectsV2Command({ Bucket: bucket.bucket }));
      expect(Contents.filter(({ Key = '' }) => !Key.endsWith('/'))).toEqual([]);
    });
  });
});
