import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe } from 'vitest';
import { openS3Lake } from '../../src/lake/s3.js';
import { lakeContract } from '../contracts/lake.js';
import { hasServer, makeBucket } from './s3-server.js';

describe.skipIf(!hasServer)('on an S3 server (CARELAKE_TEST_S3)', () => {
  lakeContract('s3', async () => {
    const bucket = await makeBucket();
    const outside = {
      write: (url: string, Body: string) => bucket.client.send(new PutObjectCommand({ ...at(url), Body })),
      read: async (url: string) =>
        (await bucket.client.send(new GetObjectCommand(at(url)))).Body?.transformToString() ?? '',
    };
    return { lake: openS3Lake(bucket.options()), dispose: bucket.remove, outside };
  });
});

function at(url: string): { Bucket: string; Key: string } {
  const [, Bucket = '', Key = ''] = /^s3:[/][/]([^/]+)[/](.*)$/.exec(url) ?? [];
  return { Bucket, Key };
}
