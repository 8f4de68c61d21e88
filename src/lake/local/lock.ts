// A lock between processes for the few milliseconds of a compare-and-swap; a crash inside it blocks nobody for long.
//
// The lock is a symbolic link whose target is the holder's name: made with its content in one atomic call. A dead
// holder's lock is removed by whoever first makes `steal-<holder>`, and only if the lock still names that holder. Names
// are never given twice, so a lock that named the holder after the claim was made can only be removed by the claimant.
// A claimant that dies is followed by whoever first claims `steal-<claimant>`, and so on.
import { readlink, symlink, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CarelakeError } from '../../errors.js';
import { livenessOf, ownName } from '../../process-identity.js';
import { ignoring, isFault, makeFolder } from '../files.js';

/** A holder of which nothing can be known counts as dead when it was seen to hold on for so long. */
const patienceMs = 10_000;
/** A live holder is waited for so long before the caller is told; it can only be a stopped process. */
const waitMs = 60_000;

/**
 * Runs the action while no other process or call runs one under this lock file. `ensureHeld` throws LAKE_CONFLICT where
 * the lock was taken from us, which needs that this process was stopped for seconds: to be called before the last move.
 * @throws LAKE_BUSY where a live process does not let go within a minute.
 */
export async function withLock<T>(path: string, action: (ensureHeld: () => Promise<void>) => Promise<T>): Promise<T> {
  const name = await ownName();
  await acquire(path, name);
  try {
    return await action(async () => {
      if ((await holderOf(path)) === name) return;
      throw new CarelakeError('LAKE_CONFLICT', `local lake: the lock ${path} was lost while this process stood still.`);
    });
  } finally {
    if ((await holderOf(path)) === name) await ignoring('ENOENT', unlink(path));
  }
}

async function acquire(path: string, name: string): Promise<void> {
  await makeFolder(dirname(path));
  const seen = new Map<string, number>();
  const start = performance.now();
  for (;;) {
    if (await made(name, path)) return;
    const holder = await holderOf(path);
    if (holder === undefined) continue;
    if (await isGone(holder, seen)) await takeAway(path, holder, name, seen);
    else if (performance.now() - start < waitMs) await pause(1 + Math.random() * 9);
    else throw new CarelakeError('LAKE_BUSY', `local lake: the process ${holder} holds the lock ${path}.`);
  }
}

/** Removes the lock of a dead holder, if it is still there and no one else alive is about to. */
async function takeAway(path: string, holder: string, name: string, seen: Map<string, number>): Promise<void> {
  const claims: string[] = [];
  for (let dead = holder; ; ) {
    const claim = join(dirname(path), `steal-${dead}`);
    claims.push(claim);
    if (await made(name, claim)) break;
    const claimant = await holderOf(claim);
    if (claimant === undefined) return; // its work is done
    if (!(await isGone(claimant, seen))) {
      await pause(1 + Math.random() * 9);
      return;
    }
    dead = claimant;
  }
  if ((await holderOf(path)) === holder) await ignoring('ENOENT', unlink(path));
  // Only now: while the lock names the dead holder, its claim must stand.
  for (const claim of claims) await ignoring('ENOENT', unlink(claim));
}

async function isGone(name: string, seen: Map<string, number>): Promise<boolean> {
  const liveness = await livenessOf(name);
  if (liveness !== 'elsewhere') return liveness === 'dead';
  const first = seen.get(name) ?? performance.now();
  seen.set(name, first);
  return performance.now() - first > patienceMs;
}

async function made(name: string, path: string): Promise<boolean> {
  try {
    await symlink(name, path);
    return true;
  } catch (error) {
    if (isFault(error, 'EEXIST')) return false;
    throw error;
  }
}

async function holderOf(path: string): Promise<string | undefined> {
  return ignoring('ENOENT', readlink(path));
}
