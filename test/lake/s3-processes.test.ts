// Processes on one lake in S3: killed where they stand, and sharing the copies on one machine.
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ListMultipartUploadsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openS3Lake } from '../../src/lake/s3.js';
import { start } from '../child/run.js';
import { type BucketOfTest, hasServer, makeBucket } from './s3-server.js';

const program = join(import.meta.dirname, 's3-worker.ts');

describe.skipIf(!hasServer)('on a lake in S3 (CARELAKE_TEST_S3)', () => {
  let bucket: BucketOfTest;
  beforeAll(async () => {
    bucket = await makeBucket();
  });
  afterAll(() => bucket.remove());

  test('a process killed while it commits leaves whole steps, and a sweep finds the rest', async () => {
    const copies = join(bucket.folder, 'killed');
    const options = bucket.options({ prefix: 'killed', cache: { folder: copies, bytes: 2 ** 28 } });
    const lake = openS3Lake(options);
    for (let round = 0; round < 4; round++) {
      const worker = start(program, [JSON.stringify(options), `steps-${round}`]);
      if (!worker.stdout) throw new Error('The worker has no output.');
      await once(worker.stdout, 'data');
      setTimeout(() => worker.kill('SIGKILL'), Math.random() * 400);
      await once(worker, 'close');
      const steps = new Map<string, string[]>();
      for await (const { key, bytes } of lake.list(`steps-${round}`)) {
        const [, step = '', file = ''] = key.split('/');
        steps.set(step, [...(steps.get(step) ?? []), file]);
        expect(bytes).toBe(file === 'last' ? 0 : 12 * 2 ** 20);
      }
      expect(steps.get('0')).toEqual(['last', 'part-0', 'part-1', 'part-2']);
      for (const files of steps.values()) if (files.includes('last')) expect(files).toHaveLength(4);
      expect((await lake.sweep(3_600_000, false)).removed).toBe(0);
      const { removed } = await lake.sweep(0, true);
      expect(removed).toBeGreaterThan(0);
      expect((await lake.sweep(0, false)).removed).toBe(removed);
      expect(await leftIn(bucket, 'killed/')).toEqual([]);
      expect([...(await readdir(join(copies, 'scratch'))), ...(await readdir(join(copies, 'holds')))]).toEqual([]);
    }
    await lake.close();
  });

  test('copies take no more than they may, the least recently used go first, and none that is in use', async () => {
    const place = { prefix: 'copies', cache: { folder: join(bucket.folder, 'copies-of-all'), bytes: 3_500_000 } };
    const [writer, first, second] = [0, 1, 2].map(() => openS3Lake(bucket.options(place)));
    if (!writer || !first || !second) throw new Error('No lakes.');
    const objects = join(place.cache.folder, 'objects');
    const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (const key of keys) await writer.put(key, Buffer.alloc(1_000_000, key));
    const paths = await first.checkout(['a', 'b']);
    for (const key of keys) await second.checkout([key]);
    // All that is in use is kept, however much that is.
    expect(await readdir(objects)).toHaveLength(6);
    await second.close();
    const third = openS3Lake(bucket.options(place));
    await writer.put('g', Buffer.alloc(1_000_000, 'g'));
    await third.checkout(['f', 'g']);
    expect((await readdir(objects)).length).toBeLessThan(6);
    for (const [n, path] of paths.entries()) {
      expect((await readFile(path)).equals(Buffer.alloc(1_000_000, keys[n]))).toBe(true);
    }
    await first.close();
    await third.close();
    const last = openS3Lake(bucket.options(place));
    await writer.put('h', Buffer.alloc(1_000_000, 'h'));
    await last.checkout(['h']);
    expect((await readdir(objects)).length).toBeLessThanOrEqual(3);
    await last.close();
    await writer.close();
  });

  test('a copy that was released may go, though its process lives on', async () => {
    const place = { prefix: 'released', cache: { folder: join(bucket.folder, 'released'), bytes: 2_500_000 } };
    const lake = openS3Lake(bucket.options(place));
    for (const key of ['a', 'b', 'c', 'd', 'e']) {
      await lake.put(key, Buffer.alloc(1_000_000, key));
      await lake.release(await lake.checkout([key]));
      expect((await readdir(join(place.cache.folder, 'objects'))).length).toBeLessThanOrEqual(2);
    }
    await lake.close();
  });

  test('a copy is that of the file as it is now, also where the file was replaced by another process', async () => {
    const place = { prefix: 'fresh', cache: { folder: join(bucket.folder, 'fresh'), bytes: 2 ** 28 } };
    const [one, other] = [openS3Lake(bucket.options(place)), openS3Lake(bucket.options(place))];
    await one.put('a', 'old');
    const [before = ''] = await one.checkout(['a']);
    await other.put('a', 'new');
    const [after = ''] = await one.checkout(['a']);
    expect([await readFile(before, 'utf8'), await readFile(after, 'utf8')]).toEqual(['old', 'new']);
    await one.close();
    await other.close();
  });

  test('a copy that a power cut left torn is fetched again', async () => {
    const place = { prefix: 'torn', cache: { folder: join(bucket.folder, 'torn'), bytes: 2 ** 28 } };
    const one = openS3Lake(bucket.options(place));
    await one.put('a', 'whole');
    await one.checkout(['a']);
    await one.close();
    const [copy = ''] = await readdir(join(place.cache.folder, 'objects'));
    await writeFile(join(place.cache.folder, 'objects', copy), 'who');
    const other = openS3Lake(bucket.options(place));
    const [path = ''] = await other.checkout(['a']);
    expect(await readFile(path, 'utf8')).toBe('whole');
    await other.close();
  });
});

/** What is below a prefix of the bucket and no file of a lake: unfinished uploads and the driver's own files. */
async function leftIn({ client, bucket }: BucketOfTest, Prefix: string): Promise<(string | undefined)[]> {
  const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket, Prefix }));
  const { Contents = [] } = await client.send(
    new ListObjectsV2Command({ Bucket: bucket, Prefix: `${Prefix}.scratch/` }),
  );
  return [...Uploads, ...Contents].map(({ Key }) => Key);
}
