// Brings the files of a scratch folder into the lake: its last file when all others are there.
import { readdir, rm, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { CarelakeError } from '../../errors.js';
import { inParallel } from '../../in-parallel.js';
import { attemptPrefix, checkKey } from '../keys.js';
import type { Bucket } from './bucket.js';
import type { Cache } from './cache.js';
import { copyId } from './checkout.js';
import { list } from './list.js';
import { withLock } from './lock.js';
import { remove } from './remove.js';
import { onThisMachine } from './this-machine.js';
import { upload } from './write.js';

/** Small files cost a request each and hardly any memory; of large ones each has parts of its own in memory. */
const smallBytes = 2 ** 20;
const smallAtOnce = 16;
const largeAtOnce = 3;

interface ToUpload {
  readonly key: string;
  readonly path: string;
  readonly bytes: number;
}

/** Whether this call's files were the ones kept. The folder is gone then. @throws LAKE_NOT_FOUND without a last file */
export async function commit(
  bucket: Bucket,
  cache: Cache,
  { folder, key, last }: { folder: string; key: string; last: string },
): Promise<boolean> {
  const files = await onThisMachine(folder, () => filesOf(folder, key));
  const ending = files.find((file) => file.key === `${key}/${last}`);
  if (!ending) {
    throw new CarelakeError(
      'LAKE_NOT_FOUND',
      `s3 lake: the folder to commit to ${JSON.stringify(key)} has no ${last}.`,
    );
  }
  const isKept = await withLock(bucket, key, async (ensureHeld) => {
    const left: string[] = [];
    for await (const file of list(bucket, key)) left.push(file.key);
    if (left.includes(ending.key)) return false;
    // What a commit that was cut off left. Another program may be at the files of an attempt, which `gc` removes in the end.
    await remove(
      bucket,
      left.filter((file) => !file.startsWith(`${key}/${attemptPrefix}`)),
    );
    const bring = async (file: ToUpload): Promise<void> => {
      const etag = await upload(bucket, file.key, file);
      // What was just made is often read next.
      await cache.adopt(copyId(bucket, file.key, etag), file.path, file.bytes);
    };
    const others = files.filter((file) => file !== ending);
    await inParallel(
      others.filter(({ bytes }) => bytes <= smallBytes),
      smallAtOnce,
      bring,
    );
    await inParallel(
      others.filter(({ bytes }) => bytes > smallBytes),
      largeAtOnce,
      bring,
    );
    await ensureHeld();
    await upload(bucket, ending.key, ending);
    return true;
  });
  await onThisMachine(folder, () => rm(folder, { recursive: true }));
  return isKept;
}

async function filesOf(folder: string, key: string): Promise<ToUpload[]> {
  const files: ToUpload[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.push({ key: checkKey('s3', `${key}/${relative(folder, path)}`), path, bytes: (await stat(path)).size });
  }
  return files;
}
