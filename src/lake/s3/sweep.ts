// What crashes left: folders and copies on this machine, uploads in parts and locks in the bucket.
import type { Bucket } from './bucket.js';
import type { Cache } from './cache.js';
import { sweepLocks } from './lock.js';
import { abandon, bytesOf, unfinishedUploads } from './unfinished.js';

export async function sweep(
  bucket: Bucket,
  cache: Cache,
  olderThanMs: number,
  dry: boolean,
): Promise<{ removed: number; bytes: number }> {
  const swept = await cache.sweep(olderThanMs, dry);
  // Listed before the locks are asked: whose commit has no lock then has ended, or died.
  const uploads = await unfinishedUploads(bucket);
  const { held, removed, bytes } = await sweepLocks(bucket, olderThanMs, dry);
  swept.removed += removed;
  swept.bytes += bytes;
  for (const upload of uploads) {
    const isUnderWay = held.some((key) => upload.key.startsWith(`${key}/`));
    if (isUnderWay || Date.now() - upload.started.getTime() < olderThanMs) continue;
    const found = await bytesOf(bucket, upload);
    if (found === undefined) continue;
    if (!dry) await abandon(bucket, upload);
    swept.removed++;
    swept.bytes += found;
  }
  return swept;
}
