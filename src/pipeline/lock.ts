// The lock that lets one run at a time write to a workspace, held by a heartbeat so that a crash never blocks for long.
import { hostname } from 'node:os';
import { CarelakeError, isCoded } from '../errors.js';
import { parseJson } from '../lake/json.js';
import type { Lake, Tagged } from '../lake/lake.js';
import { livenessOf, ownName } from '../process-identity.js';

interface Holder {
  /** The name of this hold, which tells its process: host and pid alone mean nothing in another container. */
  readonly token: string;
  readonly host: string;
  readonly pid: number;
  readonly since: string;
  /** For people: the lake says how old a beat is. */
  readonly heartbeat: number;
}

export interface Lock {
  /** Throws RUN_LOCK_LOST where another process has taken the lock over. */
  assertHeld(): Promise<void>;
  release(): Promise<void>;
}

const key = 'run.lock';
/** A holder that has not been heard of for this long is taken for dead. */
const SILENCE_MS = 60_000;
const BEAT_MS = 15_000;

/** What this process holds no more, though the lake, which may be away then, still names it. */
const letGo = new Set<string>();

/** Who holds the lock, and whether that is a living process; undefined where nobody does. */
export async function lockHolder(lake: Lake): Promise<(Holder & { readonly alive: boolean }) | undefined> {
  const held = await lake.get(key);
  return held && { ...holderOf(held), alive: await isAlive(held) };
}

/** @throws RUN_IN_PROGRESS where a living process holds it. */
export async function takeLock(lake: Lake): Promise<Lock> {
  const token = await ownName();
  const since = new Date().toISOString();
  const self = (): string =>
    JSON.stringify({ token, host: hostname(), pid: process.pid, since, heartbeat: Date.now() } satisfies Holder);
  let etag = await acquire(lake, self());
  const own = async () => {
    const held = await lake.get(key);
    return held && holderOf(held).token === token ? held : undefined;
  };
  let beating: Promise<void> | undefined;
  const beat = async (): Promise<void> => {
    try {
      etag = await lake.putIf(key, self(), { etag });
    } catch {
      // The lake may fail for a while, and a beat have been written whose answer was lost. That another process took the
      // lock over is told by what stands in it.
      etag = (await own().catch(() => undefined))?.etag ?? etag;
    }
  };
  const timer = setInterval(() => {
    beating ??= beat().finally(() => {
      beating = undefined;
    });
  }, BEAT_MS);
  timer.unref();
  return {
    async assertHeld() {
      if (await own()) return;
      throw new CarelakeError('RUN_LOCK_LOST', 'Another process has taken over the run lock of this workspace.');
    },
    async release() {
      clearInterval(timer);
      await beating;
      letGo.add(token);
      if (await own()) await lake.remove([key]);
      letGo.delete(token);
    },
  };
}

/**
 * The work under the lock of the workspace. Where it fails, that is what is told: the lake that fails it may keep the lock
 * from being released too, and whoever comes next takes that over.
 * @throws RUN_IN_PROGRESS where a living process holds it.
 */
export async function underLock<Result>(lake: Lake, work: (lock: Lock) => Promise<Result>): Promise<Result> {
  const lock = await takeLock(lake);
  let result: Result;
  try {
    result = await work(lock);
  } catch (error) {
    await lock.release().catch(() => undefined);
    throw error;
  }
  await lock.release();
  return result;
}

async function acquire(lake: Lake, self: string): Promise<string> {
  try {
    return await lake.putIf(key, self, { absent: true });
  } catch (error) {
    if (!isCoded(error, 'LAKE_CONFLICT')) throw error;
  }
  const held = await lake.get(key);
  if (!held) return acquire(lake, self);
  if (await isAlive(held)) {
    const holder = holderOf(held);
    throw new CarelakeError(
      'RUN_IN_PROGRESS',
      `Process ${holder.pid} on ${holder.host} has been running this workspace's pipeline since ${holder.since}.`,
    );
  }
  try {
    return await lake.putIf(key, self, { etag: held.etag });
  } catch (error) {
    if (!isCoded(error, 'LAKE_CONFLICT')) throw error;
    throw new CarelakeError('RUN_IN_PROGRESS', 'Another process took the run lock of this workspace a moment ago.');
  }
}

const holderOf = ({ body }: Tagged): Holder => parseJson<Holder>(key, body);

/**
 * By the lake's own clock, since those of two machines may differ by more than a minute. The distance is taken both ways,
 * so that a clock set back makes no lock immortal.
 * @throws LAKE_FAILED where it does not tell.
 */
async function isAlive(held: Tagged): Promise<boolean> {
  // No reason to take its holder for dead.
  if (Number.isNaN(held.age)) {
    throw new CarelakeError('LAKE_FAILED', `The lake does not say when ${key} was written (Date, Last-Modified).`);
  }
  const { token } = holderOf(held);
  return Math.abs(held.age) <= SILENCE_MS && !letGo.has(token) && (await livenessOf(token)) !== 'dead';
}
