// Which files of a lake are in a backup, such that lake and records agree though others go on writing: the lake is looked at
// first, then the records are copied, and files that landed in between are added, since the records may call them landed.
// What was typed and landed in between is left out: the records of the copy need not have it.
import { CarelakeError, isCoded } from '../errors.js';
import { parseJson } from '../lake/json.js';
import type { Lake } from '../lake/lake.js';
import { type Batch, batchFiles } from '../pipeline/batch.js';
import { reachedFrom } from './pointers.js';

export interface Snapshot {
  /** The published run. */
  readonly run: string | null;
  /** Bytes by key. */
  readonly files: Map<string, number>;
  /** Small files that are swapped, and what they lead to: as they were. None of them is in `files`. */
  readonly frozen: ReadonlyMap<string, Buffer>;
  /** Those of `files` without which the published run or a served model could not be read. */
  readonly needed: ReadonlySet<string>;
}

/** What belongs to a moment of a process. */
const isPassing = (key: string): boolean => key === 'run.lock' || /^(raw\/collecting|doctor)(\/|$)/.test(key);

/** @throws BACKUP_OVERTAKEN */
export async function snapshotOf(lake: Lake): Promise<Snapshot> {
  const frozen = new Map<string, Buffer>();
  // What a pointer leads to is kept as it was read: a promotion or a run made anew may swap it the moment after.
  const still: Lake = {
    ...lake,
    async get(key) {
      const found = await lake.get(key);
      if (found) frozen.set(key, found.body);
      return found;
    },
  };
  await still.get('quality.json');
  const { run, keys: needed } = await reachedFrom(still).catch((error) => {
    throw isCoded(error, 'LAKE_NOT_FOUND') ? overtaken(lake, error) : error;
  });
  const files = new Map<string, number>();
  for (const prefix of ['raw', 'steps', 'runs', 'models']) {
    for await (const { key, bytes } of lake.list(prefix)) {
      if (!isPassing(key) && !frozen.has(key)) files.set(key, bytes);
    }
  }
  const missing = [...needed].find((key) => !files.has(key));
  if (missing !== undefined) throw overtaken(lake, missing);
  return { run, files, frozen, needed };
}

/** To be called once the records are copied, and what waits to land. */
export async function addLanded(lake: Lake, { files }: Snapshot): Promise<void> {
  const typed: string[] = [];
  for await (const key of batchFiles(lake)) {
    if (files.has(key)) continue;
    const found = await lake.get(key);
    if (found && parseJson<Batch>(key, found.body).through) typed.push(key.slice(0, -'batch.json'.length));
  }
  for await (const { key, bytes } of lake.list('raw')) {
    if (!isPassing(key) && !typed.some((folder) => key.startsWith(folder))) files.set(key, bytes);
  }
}

/** @param missing The key, or what was thrown for want of it. */
export function overtaken({ address }: Lake, missing: unknown): CarelakeError {
  const what = missing instanceof Error ? missing.message : `${String(missing)} is not there.`;
  return new CarelakeError('BACKUP_OVERTAKEN', `${address}: ${what}`, { cause: missing });
}
