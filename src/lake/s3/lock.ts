// A lock between machines, made of conditional writes alone; held by a heartbeat, so that a crash never blocks for long.
//
// It keeps two commits to one key from mixing their files, and tells which unfinished uploads someone is still at. A
// process that stood still for a minute may have lost it without knowing: no file is written over another then, since
// every write under it is conditional, too.
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { isCoded } from '../../errors.js';
import { livenessOf, ownName } from '../../process-identity.js';
import { parseJson } from '../json.js';
import { ownFolder } from '../keys.js';
import { tagOf } from '../tag.js';
import type { Bucket } from './bucket.js';
import { list } from './list.js';
import { get } from './read.js';
import { put } from './write.js';

interface Holder {
  /** Tells its process. */
  readonly name: string;
  /** What is being written. */
  readonly key: string;
}

const folder = `${ownFolder}/locks`;
const beatMs = 10_000;
/** Who has not been heard of for this long is taken for dead. Milliseconds, by the time of this process alone. */
const silenceMs = 60_000;

/**
 * Runs the action while nobody else runs one for this key. `ensureHeld` throws LAKE_CONFLICT where the lock was taken
 * from us, which needs that this process stood still for a minute: to be called before the last write.
 */
export async function withLock<T>(
  bucket: Bucket,
  key: string,
  action: (ensureHeld: () => Promise<void>) => Promise<T>,
): Promise<T> {
  const lock = `${folder}/${tagOf(key)}`;
  const holder = JSON.stringify({ name: await ownName(), key } satisfies Holder);
  let etag = await acquire(bucket, lock, holder);
  let beat = performance.now();
  let beating: Promise<void> = Promise.resolve();
  const renew = (): Promise<void> => {
    beating = beating.then(async () => {
      const now = performance.now();
      etag = await put(bucket, lock, holder, { etag });
      beat = now;
    });
    return beating;
  };
  // A beat that fails is told by the next `ensureHeld`.
  const timer = setInterval(() => void renew().catch(() => {}), beatMs);
  try {
    return await action(async () => {
      await beating;
      if (performance.now() - beat > beatMs) await renew();
    });
  } finally {
    clearInterval(timer);
    await beating.catch(() => {});
    await release(bucket, lock, etag);
  }
}

/** The keys that someone is writing, of those that start with one of the lake's; the locks of the dead are removed. */
export async function sweepLocks(
  bucket: Bucket,
  olderThanMs: number,
  dry: boolean,
): Promise<{ held: string[]; removed: number; bytes: number }> {
  const swept = { held: [] as string[], removed: 0, bytes: 0 };
  for await (const { key, bytes, modified } of list(bucket, folder)) {
    const file = await get(bucket, key);
    if (!file) continue;
    const holder = parseJson<Holder>(key, file.body);
    const liveness = await livenessOf(holder.name);
    const age = Date.now() - modified.getTime();
    // Of a process that lives, too, it may be what it could not take back when the bucket was away: then it beats no more.
    const longest = liveness === 'elsewhere' ? Math.max(olderThanMs, 10 * silenceMs) : 10 * silenceMs;
    if (liveness !== 'dead' && age < longest) {
      swept.held.push(holder.key);
    } else if (age >= olderThanMs) {
      if (!dry) await release(bucket, key, file.etag);
      swept.removed++;
      swept.bytes += bytes;
    }
  }
  return swept;
}

async function acquire(bucket: Bucket, lock: string, holder: string): Promise<string> {
  let seen = '';
  let since = 0;
  for (;;) {
    const held = await get(bucket, lock);
    if (held && held.etag !== seen) {
      seen = held.etag;
      since = performance.now();
    }
    const isFree = !held || performance.now() - since > silenceMs || (await isDead(lock, held.body));
    try {
      if (isFree) return await put(bucket, lock, holder, held ? { etag: held.etag } : { absent: true });
    } catch (error) {
      if (!isCoded(error, 'LAKE_CONFLICT')) throw error;
    }
    await pause(10 + Math.random() * 90);
  }
}

const isDead = async (lock: string, body: Buffer): Promise<boolean> =>
  (await livenessOf(parseJson<Holder>(lock, body).name)) === 'dead';

/** Only while it is the lock that we know: another one stays. */
async function release(bucket: Bucket, lock: string, etag: string): Promise<void> {
  await bucket
    .asking('remove', lock, (client) =>
      client.send(new DeleteObjectCommand({ Bucket: bucket.name, Key: bucket.inBucket(lock), IfMatch: etag })),
    )
    .catch((error: unknown) => {
      if (!isCoded(error, 'LAKE_CONFLICT') && !isCoded(error, 'LAKE_NOT_FOUND')) throw error;
    });
}
