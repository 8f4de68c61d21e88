// Objects of another bucket that S3 itself copies into the lake: whole or in parts, that version or none.
import { buffer } from 'node:stream/consumers';
import { ListMultipartUploadsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lake } from '../../src/lake/lake.js';
import type { StoredObject } from '../../src/lake/objects.js';
import { openBucket } from '../../src/lake/s3/bucket.js';
import { copyIn } from '../../src/lake/s3/copy-in.js';
import { openS3Lake } from '../../src/lake/s3.js';
import { type BucketOfTest, hasServer, makeBucket } from './s3-server.js';

const content = Buffer.from(Buffer.alloc(12 * 2 ** 20, 'carelake ').map((byte, at) => byte ^ (at >> 16)));
/** The smallest part that S3 takes. */
const partBytes = 5 * 2 ** 20;

describe.skipIf(!hasServer)('an object that the lake has copied (CARELAKE_TEST_S3)', () => {
  let from: BucketOfTest;
  let to: BucketOfTest;
  let lake: Lake;
  beforeAll(async () => {
    from = await makeBucket();
    to = await makeBucket();
    lake = openS3Lake(to.options());
  });
  afterAll(async () => {
    await lake.close();
    await from.remove();
    await to.remove();
  });

  const store = async (key: string, Body: Buffer): Promise<StoredObject> => {
    const Key = `in a/ü+${key}`;
    const { ETag = '' } = await from.client.send(new PutObjectCommand({ Bucket: from.bucket, Key, Body }));
    return { bucket: from.bucket, key: Key, etag: ETag, bytes: Body.length };
  };
  const unfinished = async () =>
    (await to.client.send(new ListMultipartUploadsCommand({ Bucket: to.bucket }))).Uploads ?? [];

  test('is equal, in one piece and in parts', async () => {
    const object = await store('whole.csv', content);
    await lake.copyIn?.(object, 'a/whole.csv');
    await copyIn(openBucket(to.options()), object, 'b/whole.csv', partBytes);
    for (const key of ['a/whole.csv', 'b/whole.csv']) {
      expect((await buffer(await lake.read(key))).equals(content)).toBe(true);
    }
    expect(await unfinished()).toEqual([]);
  });

  test('and has changed since it was read is not copied, in one piece or in parts', async () => {
    const old = await store('changed.csv', content);
    await store('changed.csv', Buffer.concat([content, content]));
    await expect(lake.copyIn?.(old, 'c/changed.csv')).rejects.toMatchObject({ code: 'OBJECT_CHANGED' });
    const inParts = copyIn(openBucket(to.options()), old, 'd/changed.csv', partBytes);
    await expect(inParts).rejects.toMatchObject({ code: 'OBJECT_CHANGED' });
    expect(await lake.get('c/changed.csv')).toBeUndefined();
    expect(await lake.get('d/changed.csv')).toBeUndefined();
    expect(await unfinished()).toEqual([]);
  });
});
