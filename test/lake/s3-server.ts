// The S3 server that .ci/services starts, and lakes in it; tests that need it are skipped where there is none.
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import type { S3LakeOptions } from '../../src/lake/s3.js';

const { CARELAKE_TEST_S3, CARELAKE_TEST_S3_KEY = '', CARELAKE_TEST_S3_SECRET = '' } = process.env;

/** Where services are required and there is none, the tests run and fail. */
export const hasServer = CARELAKE_TEST_S3 !== undefined || process.env.REQUIRE_SERVICES === '1';
export const endpoint = CARELAKE_TEST_S3 ?? '';
export const owner = { accessKeyId: CARELAKE_TEST_S3_KEY, secretAccessKey: CARELAKE_TEST_S3_SECRET };
export const guest = {
  accessKeyId: process.env.CARELAKE_TEST_S3_GUEST_KEY ?? '',
  secretAccessKey: process.env.CARELAKE_TEST_S3_GUEST_SECRET ?? '',
};

/** A client for looking, with all rights. */
const openClient = (): S3Client =>
  new S3Client({ endpoint, region: 'us-east-1', credentials: owner, forcePathStyle: true });

export interface BucketOfTest {
  readonly bucket: string;
  /** A folder of this machine that goes with `remove`. */
  readonly folder: string;
  readonly client: S3Client;
  options(more?: Partial<S3LakeOptions>): S3LakeOptions;
  remove(): Promise<void>;
}

/** A new bucket; it stays until the server ends. */
export async function makeBucket(): Promise<BucketOfTest> {
  const bucket = `test-${randomUUID()}`;
  const folder = await mkdtemp(join(tmpdir(), 'carelake-s3-'));
  const client = openClient();
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  return {
    bucket,
    folder,
    client,
    options: (more = {}) => ({
      bucket,
      prefix: 'a prefix/of ours',
      pathStyle: true,
      endpoint,
      region: 'us-east-1',
      credentials: owner,
      attempts: 4,
      cache: { folder: join(folder, 'copies'), bytes: 2 ** 30 },
      ...more,
    }),
    async remove() {
      client.destroy();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
