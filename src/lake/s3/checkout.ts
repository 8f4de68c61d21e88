// Files of the lake as paths of this machine: each looked up, then taken from the copies or fetched whole.
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { CarelakeError } from '../../errors.js';
import { inParallel } from '../../in-parallel.js';
import { tagOf } from '../tag.js';
import type { Bucket } from './bucket.js';
import type { Cache } from './cache.js';
import { type ListedObject, list, listed } from './list.js';
import { openObject } from './read.js';

const filesAtOnce = 8;

/** The name of the copy of one version of a file. */
export const copyId = (bucket: Bucket, key: string, etag: string): string =>
  tagOf(JSON.stringify([bucket.address, key, etag]));

/** @throws LAKE_NOT_FOUND naming the first that is missing */
export async function checkout(bucket: Bucket, cache: Cache, keys: readonly string[]): Promise<string[]> {
  const found = await lookUp(bucket, keys);
  const wanted = keys.map((key) => {
    const file = found.get(key);
    if (file) return file;
    throw new CarelakeError('LAKE_NOT_FOUND', `s3 lake: there is no ${JSON.stringify(key)} in ${bucket.address}.`);
  });
  return inParallel(wanted, filesAtOnce, ({ key, bytes, etag }) =>
    cache.take(copyId(bucket, key, etag), bytes, async (path) => {
      const { chunks } = await openObject(bucket, key, etag);
      await pipeline(chunks, createWriteStream(path, { mode: 0o600 }));
    }),
  );
}

/** Asked by folder: a step of a thousand files is one request. */
async function lookUp(bucket: Bucket, keys: readonly string[]): Promise<Map<string, ListedObject>> {
  const folders = new Map<string, string[]>();
  for (const key of keys) {
    const folder = key.slice(0, Math.max(0, key.lastIndexOf('/')));
    folders.set(folder, [...(folders.get(folder) ?? []), key]);
  }
  const found = new Map<string, ListedObject>();
  await inParallel([...folders], filesAtOnce, async ([folder, [first = '', ...more]]) => {
    if (more.length === 0) {
      const file = await listed(bucket, first);
      if (file) found.set(first, file);
    } else {
      for await (const file of list(bucket, folder)) found.set(file.key, file);
    }
  });
  return found;
}
