// Steps that an engine writes into the lake itself: attempts that are kept, that fail, that meet, and what they leave.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Direct, Lake } from '../../../src/lake/lake.js';
import { openS3Lake } from '../../../src/lake/s3.js';
import { inLake } from '../../../src/pipeline/placement/in-lake.js';
import type { Making } from '../../../src/pipeline/placement.js';
import { type BucketOfTest, hasServer, makeBucket } from '../../lake/s3-server.js';

describe.skipIf(!hasServer)('on an S3 server (CARELAKE_TEST_S3)', () => {
  let bucket: BucketOfTest;
  let lake: Lake;
  beforeAll(async () => {
    bucket = await makeBucket();
    lake = openS3Lake(bucket.options());
  });
  afterAll(async () => {
    await lake.close();
    await bucket.remove();
  });

  let steps = 0;
  const newStep = () => `steps/${++steps}`;
  const placement = () => inLake(lake, lake.direct as Direct);
  const keysBelow = async (prefix: string) => {
    const keys: string[] = [];
    for await (const { key } of lake.list(prefix)) keys.push(key.slice(prefix.length + 1));
    return keys;
  };
  /** As another program writes, which knows the address alone. */
  const write = async (made: Making, ...names: string[]) => {
    for (const name of names) {
      const [, Bucket = '', Key = ''] = /^s3:[/][/]([^/]+)[/](.*)$/.exec(`${made.output}/${name}`) ?? [];
      await bucket.client.send(new PutObjectCommand({ Bucket, Key, Body: name }));
    }
  };
  const last = { name: 'step.json', body: '{}' };

  test('what was written is stored with its buckets, without the marks of a committer', async () => {
    const key = newStep();
    await placement().making(key, async (made) => {
      await write(
        made,
        'part-1-a.parquet',
        '_bucket=0of2/part-0-b.parquet',
        '_SUCCESS',
        '_temporary/0/part-1.parquet.tmp',
        '_temporary/0/_temporary/attempt_1/part-2-c.parquet',
        '_temporary/0/_temporary/attempt_1/_bucket=0of2/part-3-d.parquet',
      );
      const files = await made.files();
      expect(files.map((file) => file.replace(/^made-[^/]*/, 'made'))).toEqual([
        'made/_bucket=0of2/part-0-b.parquet',
        'made/part-1-a.parquet',
      ]);
      expect(await placement().open(files.map((file) => `${key}/${file}`))).toEqual(made.paths(files));
      expect(await made.finish(files, last)).toBe(true);
    });
    expect((await keysBelow(key)).map((file) => file.replace(/^made-[^/]*/, 'made'))).toEqual([
      'made/_bucket=0of2/part-0-b.parquet',
      'made/part-1-a.parquet',
      'step.json',
    ]);
  });

  test('of two attempts at once one is stored, whole, and nothing is left of the other', async () => {
    const key = newStep();
    const attempt = () =>
      placement().making(key, async (made) => {
        await write(made, 'part-0.parquet', 'part-1.parquet');
        const files = await made.files();
        return (await made.finish(files, { ...last, body: files.join() })) ? files : undefined;
      });
    const attempts = await Promise.all([attempt(), attempt(), attempt()]);
    const [kept = [], ...more] = attempts.filter((files) => files !== undefined);
    expect([kept.length, more]).toEqual([2, []]);
    expect((await lake.get(`${key}/step.json`))?.body.toString()).toBe(kept.join());
    expect(await keysBelow(key)).toEqual([...kept, 'step.json']);
  });

  test('an attempt and a commit from this machine do not mix', async () => {
    const key = newStep();
    await placement().making(key, async (made) => {
      await write(made, 'part-0.parquet');
      const files = await made.files();
      await lake.commit(await lake.scratch().then(withFile), key, 'step.json');
      expect(await keysBelow(key)).toEqual([...files, 'step.json']);
      expect(await made.finish(files, last)).toBe(false);
    });
    expect(await keysBelow(key)).toEqual(['step.json']);
  });

  test('what fails leaves nothing', async () => {
    const key = newStep();
    const failed = placement().making(key, async (made) => {
      await write(made, 'part-0.parquet');
      throw new Error('the power went out');
    });
    await expect(failed).rejects.toThrow('the power went out');
    expect(await keysBelow(key)).toEqual([]);
  });

  test('an engine that wrote elsewhere is ENGINE_NOT_SHARED', async () => {
    const made = placement().making(newStep(), ({ files }) => files());
    await expect(made).rejects.toMatchObject({
      code: 'ENGINE_NOT_SHARED',
      message: expect.stringContaining(`s3://${bucket.bucket}/`),
    });
  });

  test('files that are not there are LAKE_NOT_FOUND before an engine is asked, and before a step is ended', async () => {
    const missing = { code: 'LAKE_NOT_FOUND', message: expect.stringContaining('none.parquet') };
    await expect(placement().open([`${newStep()}/none.parquet`])).rejects.toMatchObject(missing);
    const key = newStep();
    await expect(lake.direct?.seal(key, ['none.parquet'], last)).rejects.toMatchObject(missing);
    expect(await keysBelow(key)).toEqual([]);
  });

  test('a step that is not encrypted as was asked for is refused', async () => {
    // This server takes the request for encryption and does nothing about it.
    const asking = openS3Lake(bucket.options({ encryption: { kind: 'aws:kms', key: 'our-key' } }));
    const key = newStep();
    const made = inLake(asking, asking.direct as Direct).making(key, async (making) => {
      await write(making, 'part-0.parquet');
      await making.finish(await making.files(), last);
    });
    await expect(made).rejects.toMatchObject({
      code: 'LAKE_NOT_ENCRYPTED',
      message: expect.stringContaining('aws:kms'),
    });
    expect(await keysBelow(key)).toEqual([]);
    // Nor does it take the place of one that is stored.
    const again = inLake(asking, asking.direct as Direct).making(key, async (making) => {
      await write(making, 'part-0.parquet');
      await making.addBeside(await making.files());
    });
    await expect(again).rejects.toMatchObject({ code: 'LAKE_NOT_ENCRYPTED' });
    expect(await keysBelow(key)).toEqual([]);
    await asking.close();
  });
});

async function withFile(folder: string): Promise<string> {
  await writeFile(join(folder, 'step.json'), '{}');
  return folder;
}
