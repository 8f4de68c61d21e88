// Spark reads and writes a lake in S3 itself, by s3a: nothing of it passes through this machine.
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engine, rowsOf } from '../../../src/engine/engine.js';
import { openSpark } from '../../../src/engine/spark/engine.js';
import { type BucketOfTest, endpoint, hasServer, makeBucket, owner } from '../../lake/s3-server.js';
import { hasSpark, spark } from './server.js';

describe.skipIf(!hasSpark || !hasServer)('with Spark and S3 (CARELAKE_TEST_SPARK, CARELAKE_TEST_S3)', () => {
  let bucket: BucketOfTest;
  let engine: Engine;
  const access = { endpoint, region: 'us-east-1', pathStyle: true, ...owner };
  beforeAll(async () => {
    bucket = await makeBucket();
    engine = await openSpark({ address: spark, s3: async () => access });
  });
  afterAll(async () => {
    await engine.close();
    await bucket.remove();
  });

  const job = (sql: string) => ({ name: 'link/visits', sql, inputs: {} });
  const target = (name: string) => `s3://${bucket.bucket}/our lake/steps/${name}`;
  const keysBelow = async (name: string) => {
    const below = { Bucket: bucket.bucket, Prefix: `our lake/steps/${name}/` };
    const { Contents = [] } = await bucket.client.send(new ListObjectsV2Command(below));
    return Contents.map(({ Key = '' }) => Key);
  };
  const numbers = 'select id as n, cast(id as string) as text from range(0, 1000, 1, 3)';

  test('a step writes Parquet files alone and counts them, and another reads them', async () => {
    expect(await engine.materialize({ ...job(numbers), output: target('a [b]') })).toEqual({ rows: 1000 });
    const keys = await keysBelow('a [b]');
    expect(keys).toHaveLength(3);
    for (const key of keys) expect(key).toMatch(/[/]part-[^/]*[.]parquet$/);
    const inputs = { t: keys.map((key) => `s3://${bucket.bucket}/${key}`) };
    const sql = 'select count(*) as n, cast(sum(n) as bigint) as sum from t';
    expect(await rowsOf(engine, { ...job(sql), inputs })).toEqual([{ n: 1000, sum: 499_500 }]);
  });

  test('a step without rows writes a file that tells its columns', async () => {
    expect(await engine.materialize({ ...job(`${numbers} where id < 0`), output: target('none') })).toEqual({
      rows: 0,
    });
    expect(await keysBelow('none')).toHaveLength(1);
  });

  test('a key that S3 does not accept is a coded error that says what Spark lacks', async () => {
    const stranger = await openSpark({ address: spark, s3: async () => ({ ...access, secretAccessKey: 'sesame' }) });
    const refused = stranger.materialize({ ...job(numbers), output: target('refused') });
    await expect(refused).rejects.toMatchObject({
      code: 'ENGINE_FAILED',
      message: expect.stringMatching(/^(?!.*sesame).*link.visits.*no right/),
    });
    await stranger.close();
    expect(await keysBelow('refused')).toEqual([]);
  });
});
