// What crashes left: folders and copies on this machine, uploads in parts, locks and marks of folders in the bucket.
import type { Bucket } from './bucket.js';
import type { Cache } from './cache.js';
import { folderMarks } from './list.js';
import { sweepLocks } from './lock.js';
import { remove } from './remove.js';
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
  // Hadoop makes one for each folder, and leaves it when the files below are gone.
  const marks: string[] = [];
  for await (const { key, modified } of folderMarks(bucket, 'steps')) {
    if (Date.now() - modified.getTime() >= olderThanMs) marks.push(key);
  }
  if (!dry) await remove(bucket, marks);
  swept.removed += marks.length;
  return swept;
}
