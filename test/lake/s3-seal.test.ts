// Which encryption of files that another program wrote is taken for the one that was asked for, by what S3 says of them.
import { expect, test } from 'vitest';
import { openBucket } from '../../src/lake/s3/bucket.js';
import { requireSealable } from '../../src/lake/s3/seal.js';

const arn = 'arn:aws:kms:eu-central-1:111122223333:key/1234-abcd';

test.each([
  ['the ARN of the key', arn, 'sealable'],
  ['its id alone', '1234-abcd', 'sealable'],
  ['an alias of it', 'alias/patients', 'sealable'],
  ['the ARN of an alias', 'arn:aws:kms:eu-central-1:111122223333:alias/patients', 'sealable'],
  ['no key of its own', undefined, 'sealable'],
  ['the id of another key', '5678-efgh', 'LAKE_NOT_ENCRYPTED'],
])('asked for with %s', async (_, key, wanted) => {
  const bucket = openBucket({
    bucket: 'data',
    prefix: '',
    pathStyle: true,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    encryption: { kind: 'aws:kms', ...(key !== undefined && { key }) },
  });
  const answers: Record<string, object> = {
    ListObjectsV2Command: { Contents: [{ Key: 'steps/1/made-1/part-0.parquet', Size: 1, ETag: 'e' }] },
    HeadObjectCommand: { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: arn },
  };
  bucket.client.middlewareStack.add(
    (_next, { commandName = '' }) =>
      async () => ({ response: {}, output: { $metadata: {}, ...answers[commandName] } }),
    { step: 'deserialize', priority: 'high' },
  );
  const asked = requireSealable(bucket, 'steps/1', ['made-1/part-0.parquet']).then(() => 'sealable');
  expect(await asked.catch(({ code }) => code)).toBe(wanted);
});
