// The lake in S3 under faults: the right result or a coded error, nothing lost, and nothing left that a sweep does not find.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CarelakeError } from '../../src/errors.js';
import type { Lake } from '../../src/lake/lake.js';
import { openS3Lake, type S3LakeOptions } from '../../src/lake/s3.js';
import { takeLock } from '../../src/pipeline/lock.js';
import { atFirst, FaultProxy, type Seen } from './fault-proxy.js';
import { type BucketOfTest, endpoint, guest, hasServer, makeBucket, owner } from './s3-server.js';

const prefix = 'a prefix/of ours';
const big = Buffer.alloc(20 * 2 ** 20, 'carelake ').map((byte, at) => byte ^ (at >> 16));

describe.skipIf(!hasServer)('a lake in S3 (CARELAKE_TEST_S3)', () => {
  let bucket: BucketOfTest;
  let proxy: FaultProxy;
  let lakes: Lake[];
  beforeAll(async () => {
    bucket = await makeBucket();
  });
  afterAll(() => bucket.remove());
  beforeEach(async () => {
    proxy = await FaultProxy.before(endpoint);
    lakes = [];
  });
  afterEach(async () => {
    for (const lake of lakes) await lake.close();
    await proxy.close();
  });

  let places = 0;
  /** A lake in a place of its own of the bucket, asked through the proxy. */
  const open = (more: Partial<S3LakeOptions> = {}): Lake => {
    const place = `${prefix}/${++places}`;
    const folder = join(bucket.folder, String(places));
    const options = bucket.options({
      prefix: place,
      endpoint: proxy.endpoint,
      cache: { folder, bytes: 2 ** 30 },
      ...more,
    });
    const lake = openS3Lake(options);
    lakes.push(lake);
    return lake;
  };
  const keysOf = async (lake: Lake) => {
    const keys: string[] = [];
    for await (const { key } of lake.list('')) keys.push(key);
    return keys;
  };
  const commitBig = async (lake: Lake, key: string) => {
    const folder = await lake.scratch();
    await writeFile(join(folder, 'big'), big);
    await writeFile(join(folder, 'last'), '{}');
    return lake.commit(folder, key, 'last');
  };
  /** The keys of the uploads in parts that are not finished, in the last place or below another prefix. */
  const unfinished = async (Prefix = `${prefix}/${places}/`) => {
    const { Uploads = [] } = await bucket.client.send(
      new ListMultipartUploadsCommand({ Bucket: bucket.bucket, Prefix }),
    );
    return Uploads.map(({ Key }) => Key);
  };
  const isPut = ({ method }: Seen) => method === 'PUT';
  const isGet = ({ method, path }: Seen) => method === 'GET' && !path.includes('list-type');

  describe('whose connection is cut', () => {
    test('reads on where it ended, as a stream and as a copy', async () => {
      const lake = open();
      await commitBig(lake, 'a');
      const other = open({ prefix: `${prefix}/${places}` });
      let cuts = 0;
      proxy.decide = (seen) =>
        isGet(seen) && cuts++ < 3 ? { kind: 'cut answer', after: 3_000_000 } : { kind: 'pass' };
      const chunks: Buffer[] = [];
      for await (const chunk of await other.read('a/big')) chunks.push(chunk as Buffer);
      expect(Buffer.concat(chunks).equals(big)).toBe(true);
      expect(proxy.seen.filter((seen) => seen.headers.range)).toHaveLength(3);
      cuts = 0;
      const [path = ''] = await other.checkout(['a/big']);
      expect((await readFile(path)).equals(big)).toBe(true);
      expect(cuts).toBeGreaterThan(3);
    });

    test('reads on where it stood still', async () => {
      const lake = open({ idleMs: 500 });
      await commitBig(lake, 'a');
      proxy.decide = atFirst(1, { kind: 'stall answer', after: 1_000_000 }, isGet);
      const [path = ''] = await open({ prefix: `${prefix}/${places}`, idleMs: 500 }).checkout(['a/big']);
      expect((await readFile(path)).equals(big)).toBe(true);
    });

    test('reads what was one file, never half of its successor', async () => {
      const lake = open();
      await lake.put('a', Buffer.alloc(8_000_000, 'old'));
      proxy.decide = atFirst(1, { kind: 'cut answer', after: 1_000_000 }, isGet);
      const stream = await lake.read('a');
      await lake.put('a', Buffer.alloc(8_000_000, 'new'));
      await expect(async () => {
        for await (const _ of stream);
      }).rejects.toMatchObject({ code: 'LAKE_CONFLICT' });
    });

    test('writes all the same', async () => {
      const lake = open();
      let puts = 0;
      proxy.decide = (seen) =>
        isPut(seen) && puts++ % 2 === 0 ? { kind: 'cut request', after: 500_000 } : { kind: 'pass' };
      expect(await commitBig(lake, 'a')).toBe(true);
      proxy.decide = () => ({ kind: 'pass' });
      const [path = ''] = await open({ prefix: `${prefix}/${places}` }).checkout(['a/big']);
      expect((await readFile(path)).equals(big)).toBe(true);
    });

    test('knows its own conditional write again, whose answer was lost', async () => {
      const lake = open();
      proxy.decide = atFirst(1, { kind: 'lose answer' }, isPut);
      const first = await lake.putIf('a', 'one', { absent: true });
      expect((await lake.get('a'))?.etag).toBe(first);
      proxy.decide = atFirst(1, { kind: 'lose answer' }, isPut);
      const second = await lake.putIf('a', 'two', { etag: first });
      expect(await lake.get('a')).toMatchObject({ body: Buffer.from('two'), etag: second });
      proxy.decide = atFirst(1, { kind: 'lose answer' }, isPut);
      await expect(lake.putIf('a', 'three', { etag: first })).rejects.toMatchObject({ code: 'LAKE_CONFLICT' });
    });

    test('commits in parts though the answer to the last request was lost', async () => {
      const lake = open();
      proxy.decide = atFirst(
        1,
        { kind: 'lose answer' },
        ({ method, path }) => method === 'POST' && path.includes('uploadId'),
      );
      expect(await commitBig(lake, 'a')).toBe(true);
      expect(await keysOf(lake)).toEqual(['a/big', 'a/last']);
    });

    test('for good is said as such, and a commit leaves nothing that anybody takes for done', async () => {
      const lake = open({ attempts: 2 });
      proxy.decide = (seen) => (isPut(seen) ? { kind: 'cut request', after: 1 } : { kind: 'pass' });
      await expect(commitBig(lake, 'a')).rejects.toMatchObject({ code: 'LAKE_UNREACHABLE' });
      proxy.decide = (seen) =>
        isPut(seen) && seen.path.includes('partNumber=2') ? { kind: 'cut request', after: 1 } : { kind: 'pass' };
      await expect(commitBig(lake, 'a')).rejects.toMatchObject({ code: 'LAKE_UNREACHABLE' });
      proxy.decide = () => ({ kind: 'pass' });
      expect(await lake.get('a/last')).toBeUndefined();
      expect(await unfinished()).toEqual([]);
      expect(await commitBig(lake, 'a')).toBe(true);
    });
  });

  test('that asks to slow down for a while is asked again', async () => {
    const lake = open();
    proxy.decide = atFirst(3, { kind: 'answer', status: 503, code: 'SlowDown' });
    await lake.put('a', 'x');
    expect((await lake.get('a'))?.body.toString()).toBe('x');
    expect(proxy.seen.length).toBeGreaterThan(4);
  });

  describe('that refuses for good', () => {
    test.each([
      ['asks to slow down', 503, 'SlowDown', 'LAKE_SLOW_DOWN'],
      ['has another clock', 403, 'RequestTimeTooSkewed', 'LAKE_CLOCK'],
      ['does not know the key', 403, 'InvalidAccessKeyId', 'LAKE_CREDENTIALS'],
      ['finds the token too old', 400, 'ExpiredToken', 'LAKE_CREDENTIALS'],
      ['denies', 403, 'AccessDenied', 'LAKE_FORBIDDEN'],
      ['is in another region', 301, 'PermanentRedirect', 'LAKE_REGION'],
      ['waited too long', 400, 'RequestTimeout', 'LAKE_TIMEOUT'],
      ['breaks', 500, 'InternalError', 'LAKE_FAILED'],
    ])('since it %s, every call says so', async (_, status, code, expected) => {
      const lake = open({ attempts: 2 });
      const folder = await lake.scratch();
      await writeFile(join(folder, 'last'), '');
      proxy.decide = () => ({ kind: 'answer', status, code, date: new Date('2031-01-01') });
      const refusal = { code: expected, message: expect.stringContaining(code), cause: expect.anything() };
      await expect(lake.get('a')).rejects.toMatchObject(refusal);
      await expect(lake.read('a')).rejects.toMatchObject(refusal);
      await expect(lake.put('a', 'x')).rejects.toMatchObject(refusal);
      await expect(lake.putIf('a', 'x', { absent: true })).rejects.toMatchObject(refusal);
      await expect(lake.remove(['a'])).rejects.toMatchObject(refusal);
      await expect(lake.checkout(['a'])).rejects.toMatchObject(refusal);
      await expect(lake.commit(folder, 'a', 'last')).rejects.toMatchObject(refusal);
      await expect(lake.sweep(0, false)).rejects.toMatchObject(refusal);
      await expect(keysOf(lake)).rejects.toMatchObject(refusal);
    });

    test('since it never answers, the call says so in time', async () => {
      const lake = open({ attempts: 1, idleMs: 300 });
      await lake.put('a', 'x');
      proxy.decide = () => ({ kind: 'stall answer', after: 0 });
      await expect(lake.get('a')).rejects.toMatchObject({
        code: expect.stringMatching(/^LAKE_(TIMEOUT|UNREACHABLE)$/),
      });
    });

    test.each([
      ['a wrong secret', { ...owner, secretAccessKey: 'a-wrong-secret' }],
      ['a wrong key', { ...owner, accessKeyId: 'a-wrong-key' }],
    ])('by %s says so, and nothing of secret or signature', async (_, credentials) => {
      const lake = open({ credentials });
      const error = await lake.put('a', 'Ann Lee, 1970').catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'LAKE_CREDENTIALS' });
      const { cause } = error as CarelakeError;
      const said = [String(error), String(cause), JSON.stringify(cause), ...Object.getOwnPropertyNames(cause)].join();
      expect(said).not.toMatch(/a-wrong-secret|carelake-secret|Ann Lee|AWS4-HMAC|\$response/i);
    });

    test('one prefix of the bucket is said by key, and the others go on', async () => {
      const lake = open();
      const own = `${prefix}/${places}`;
      const arn = `arn:aws:s3:::${bucket.bucket}`;
      const allow = { Effect: 'Allow', Principal: { AWS: [guest.accessKeyId] } };
      const Policy = JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            ...allow,
            Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
            Resource: `${arn}/${own}/allowed/*`,
          },
          { ...allow, Action: ['s3:ListBucket'], Resource: arn },
        ],
      });
      await bucket.client.send(new PutBucketPolicyCommand({ Bucket: bucket.bucket, Policy }));
      await lake.put('forbidden/a', 'x');
      const visitor = open({ prefix: own, credentials: guest });
      await visitor.put('allowed/a', 'y');
      expect((await visitor.get('allowed/a'))?.body.toString()).toBe('y');
      const refusal = { code: 'LAKE_FORBIDDEN', message: expect.stringContaining('forbidden/a') };
      await expect(visitor.get('forbidden/a')).rejects.toMatchObject(refusal);
      await expect(visitor.put('forbidden/a', 'z')).rejects.toMatchObject(refusal);
      await expect(visitor.remove(['forbidden/a'])).rejects.toMatchObject(refusal);
      await expect(visitor.checkout(['forbidden/a'])).rejects.toMatchObject(refusal);
      expect((await lake.get('forbidden/a'))?.body.toString()).toBe('x');
    });
  });

  test('finds an upload that a crash left, but none that is under way', async () => {
    const lake = open();
    const own = `${prefix}/${places}`;
    const Key = `${own}/a/big`;
    await bucket.client.send(new CreateMultipartUploadCommand({ Bucket: bucket.bucket, Key }));
    await bucket.client.send(new CreateMultipartUploadCommand({ Bucket: bucket.bucket, Key: `${own}-of others/big` }));
    expect(await lake.sweep(3_600_000, false)).toMatchObject({ removed: 0 });
    expect(await lake.sweep(0, true)).toMatchObject({ removed: 1 });
    let sweeping: Promise<unknown> | undefined;
    const sweeper = open({ prefix: own });
    proxy.decide = (seen) => {
      if (seen.path.includes('partNumber=2')) sweeping ??= sweeper.sweep(0, false);
      return { kind: 'pass' };
    };
    expect(await commitBig(lake, 'b')).toBe(true);
    expect(await sweeping).toMatchObject({ removed: 1 });
    expect(await unfinished(`${own}/`)).toEqual([]);
    expect(await unfinished(`${own}-`)).toEqual([`${own}-of others/big`]);
  });

  test('finds the marks that Hadoop leaves for folders, and nothing that lies in them', async () => {
    const lake = open();
    const own = `${prefix}/${places}`;
    for (const Key of [`${own}/steps/a/made-1/`, `${own}/steps/b/made-2/_temporary/`, `${own}/elsewhere/`]) {
      await bucket.client.send(new PutObjectCommand({ Bucket: bucket.bucket, Key, Body: '' }));
    }
    await lake.put('steps/a/made-1/part-0.parquet', 'x');
    expect(await lake.sweep(3_600_000, false)).toMatchObject({ removed: 0 });
    expect(await lake.sweep(0, true)).toMatchObject({ removed: 2 });
    expect(await lake.sweep(0, false)).toMatchObject({ removed: 2 });
    const { Contents = [] } = await bucket.client.send(
      new ListObjectsV2Command({ Bucket: bucket.bucket, Prefix: `${own}/` }),
    );
    const left = Contents.map(({ Key = '' }) => Key.slice(own.length + 1));
    expect(left).toEqual(['elsewhere/', 'steps/a/made-1/part-0.parquet']);
  });

  test.each([
    [{ kind: 'AES256' } as const, { 'x-amz-server-side-encryption': 'AES256' }],
    [
      { kind: 'aws:kms', key: 'key-1' } as const,
      { 'x-amz-server-side-encryption': 'aws:kms', 'x-amz-server-side-encryption-aws-kms-key-id': 'key-1' },
    ],
  ])('asks to encrypt whatever it makes: %j', async (encryption, headers) => {
    const lake = open({ encryption });
    await lake.put('a', 'x');
    await commitBig(lake, 'b');
    const making = proxy.seen.filter(
      ({ method, path }) => (method === 'PUT' && !path.includes('partNumber')) || /[?&]uploads/.test(path),
    );
    expect(making.length).toBeGreaterThanOrEqual(4);
    for (const seen of making) expect(seen.headers).toMatchObject(headers);
  });

  describe('lets one of two machines hold the run lock', () => {
    afterEach(() => {
      vi.useRealTimers();
    });

    test('and the other take it when it is let go', async () => {
      const lake = open();
      const other = open({ prefix: `${prefix}/${places}` });
      const tries = await Promise.allSettled([takeLock(lake), takeLock(other)]);
      const [held] = tries.filter((one) => one.status === 'fulfilled').map(({ value }) => value);
      expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(tries.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'RUN_IN_PROGRESS' });
      await held?.assertHeld();
      await held?.release();
      await (await takeLock(other)).release();
      expect(await lake.get('run.lock')).toBeUndefined();
    });

    test('though S3 fails for some beats, or their answers are lost', async () => {
      vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
      const lake = open({ attempts: 2 });
      const lock = await takeLock(lake);
      const first = (await lake.get('run.lock'))?.etag;
      proxy.decide = (seen) => (isPut(seen) ? { kind: 'lose answer' } : { kind: 'pass' });
      const before = proxy.seen.filter(isPut).length;
      await vi.advanceTimersByTimeAsync(15_000);
      await vi.waitFor(() => expect(proxy.seen.filter(isPut).length).toBe(before + 2), 10_000);
      const written = (await lake.get('run.lock'))?.etag;
      expect(written).not.toBe(first);
      proxy.decide = () => ({ kind: 'pass' });
      await vi.waitFor(async () => {
        await vi.advanceTimersByTimeAsync(15_000);
        expect((await lake.get('run.lock'))?.etag).not.toBe(written);
      }, 10_000);
      await lock.assertHeld();
      await lock.release();
      expect(await lake.get('run.lock')).toBeUndefined();
    });
  });
});
