// A lake in a bucket of S3, or of a server that speaks its protocol with conditional writes. Files are whole objects; what
// other programs must open is copied to this machine.
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { CarelakeError } from '../errors.js';
import { checkKey, checkPrefix } from './keys.js';
import type { Lake } from './lake.js';
import { accessTo } from './s3/access.js';
import { type BucketOptions, openBucket } from './s3/bucket.js';
import { type CacheOptions, openCache } from './s3/cache.js';
import { checkout } from './s3/checkout.js';
import { commit } from './s3/commit.js';
import { copyIn } from './s3/copy-in.js';
import { list } from './s3/list.js';
import { get, openObject } from './s3/read.js';
import { remove } from './s3/remove.js';
import { requireSealable, seal } from './s3/seal.js';
import { sweep } from './s3/sweep.js';
import { put } from './s3/write.js';

export interface S3LakeOptions extends BucketOptions {
  /** Where this machine keeps copies of files, and what is not of the lake yet. */
  readonly cache: CacheOptions;
}

/** Opens the lake below a prefix of a bucket that exists; S3 is first asked with the first use. */
export function openS3Lake({ cache: copies, ...where }: S3LakeOptions): Lake {
  const bucket = openBucket(where);
  const cache = openCache(copies);
  const check = (key: string) => checkKey('s3', key);
  return {
    driver: 's3',
    address: bucket.address,
    get: async (key) => get(bucket, check(key)),

    async read(key) {
      const { chunks } = await openObject(bucket, check(key));
      return Readable.from(chunks, { objectMode: false });
    },

    put: async (key, body) => put(bucket, check(key), body),
    putIf: async (key, body, condition) => put(bucket, check(key), body, condition),
    list: (prefix) => list(bucket, checkPrefix('s3', prefix)),
    remove: async (keys) => remove(bucket, keys.map(check)),
    scratch: () => cache.newScratch(),

    async commit(folder, key, last) {
      check(key);
      if (dirname(resolve(folder)) === resolve(cache.scratch)) return commit(bucket, cache, { folder, key, last });
      throw new CarelakeError('LAKE_FAILED', `s3 lake: ${folder} is no scratch folder of ${cache.scratch}.`);
    },

    direct: {
      url: (key) => `s3://${bucket.name}/${bucket.inBucket(check(key))}`,
      seal: async (key, files, last) => seal(bucket, check(key), files, last),
      requireSealable: async (key, files) => requireSealable(bucket, check(key), files),
      async open(key) {
        const { etag, md5, chunks } = await openObject(bucket, check(key));
        return { etag, ...(md5 !== undefined && { md5 }), content: Readable.from(chunks, { objectMode: false }) };
      },

      access: () => accessTo(bucket, where.pathStyle),
    },

    copyIn: async (object, key) => copyIn(bucket, object, check(key)),
    checkout: async (keys) => checkout(bucket, cache, keys.map(check)),
    release: (paths) => cache.release(paths),
    sweep: (olderThanMs, dry) => sweep(bucket, cache, olderThanMs, dry),

    async close() {
      await cache.close();
      bucket.client.destroy();
    },
  };
}
