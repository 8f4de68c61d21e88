import { describe } from 'vitest';
import { openS3Lake } from '../../src/lake/s3.js';
import { lakeContract } from '../contracts/lake.js';
import { hasServer, makeBucket } from './s3-server.js';

describe.skipIf(!hasServer)('on an S3 server (CARELAKE_TEST_S3)', () => {
  lakeContract('s3', async () => {
    const bucket = await makeBucket();
    return { lake: openS3Lake(bucket.options()), dispose: bucket.remove };
  });
});
