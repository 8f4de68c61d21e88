// What another program is told of a lake in S3: the server, region and keys that this process itself has found.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { accessTo } from '../../src/lake/s3/access.js';
import { openBucket } from '../../src/lake/s3/bucket.js';
import { openS3Lake } from '../../src/lake/s3.js';
import { type BucketOfTest, endpoint, hasServer, makeBucket, owner } from './s3-server.js';

test.each([
  ['of the region of AWS', { pathStyle: false }, undefined],
  ['of the region of AWS, with the bucket in the path', { pathStyle: true }, undefined],
  ['whose name begins like the bucket', { pathStyle: true, endpoint: 'https://data.hospital.org' }, 'same'],
  ['before which the bucket stands', { pathStyle: false, endpoint: 'https://hospital.org:9000' }, 'same'],
  ['of a VPC', { pathStyle: true, endpoint: 'https://bucket.vpce-1a-2b.s3.eu-central-1.vpce.amazonaws.com' }, 'same'],
  ['of FIPS', { pathStyle: false, endpoint: 'https://s3-fips.us-east-1.amazonaws.com' }, 'same'],
  ['of dual stack', { pathStyle: false, endpoint: 'https://s3.dualstack.us-east-1.amazonaws.com' }, 'same'],
])('a server %s is told as it is reached', async (_, options, told) => {
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const bucket = openBucket({ bucket: 'data', prefix: '', region: 'eu-central-1', credentials, ...options });
  // Nothing is sent; what would be has been put together by then.
  bucket.client.middlewareStack.add(() => async () => ({ response: {}, output: { $metadata: {} } }), {
    step: 'deserialize',
    priority: 'high',
  });
  const { endpoint: found } = await accessTo(bucket, options.pathStyle);
  expect(found).toBe(told && 'endpoint' in options ? options.endpoint : undefined);
});

describe.skipIf(!hasServer)('on an S3 server (CARELAKE_TEST_S3)', () => {
  let bucket: BucketOfTest;
  beforeEach(async () => {
    bucket = await makeBucket();
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await bucket.remove();
  });

  test('the access is that of the environment', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
    vi.stubEnv('AWS_REGION', 'us-east-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', owner.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', owner.secretAccessKey);
    const { prefix, pathStyle, cache } = bucket.options();
    const lake = openS3Lake({ bucket: bucket.bucket, prefix, pathStyle, cache });
    const { accessKeyId, secretAccessKey } = owner;
    const wanted = { endpoint, region: 'us-east-1', pathStyle, accessKeyId, secretAccessKey };
    expect(await lake.direct?.access()).toEqual(wanted);
    await lake.close();
  });

  test('what is asked of S3 with every file is told, too', async () => {
    const lake = openS3Lake(bucket.options({ encryption: { kind: 'aws:kms', key: 'our-key' } }));
    expect(await lake.direct?.access()).toMatchObject({ encryption: { kind: 'aws:kms', key: 'our-key' } });
    await lake.close();
  });

  test('a server that is not there is said without the keys', async () => {
    const lake = openS3Lake(bucket.options({ endpoint: 'http://127.0.0.1:1', attempts: 1 }));
    await expect(lake.direct?.access()).rejects.toMatchObject({
      code: 'LAKE_UNREACHABLE',
      message: expect.not.stringContaining(owner.secretAccessKey),
    });
    await lake.close();
  });
});
