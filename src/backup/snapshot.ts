// Which files of a lake are in a backup, such that lake and records agree though others go on writing: the lake is looked at
// first, then the records are copied, and files that landed in between are added, since the records may call them landed.
// What was typed and landed in between is left out: the records of the copy need not have it.
import { parseJson } from '../lake/json.js';
import type { Lake } from '../lake/lake.js';
import { type Batch, batchFiles } from '../pipeline/batch.js';

export interface Snapshot {
  /** Bytes by key. */
  readonly files: Map<string, number>;
  /** Small files that are swapped: as they were. */
  readonly swapped: ReadonlyMap<string, Buffer>;
}

/** What belongs to a moment of a process. */
const isPassing = (key: string): boolean => key === 'run.lock' || /^(raw\/collecting|doctor)(\/|$)/.test(key);

const swappedNames = ['current.json', 'quality.json'];

export async function snapshotOf(lake: Lake): Promise<Snapshot> {
  const swapped = new Map<string, Buffer>();
  for (const name of swappedNames) {
    const found = await lake.get(name);
    if (found) swapped.set(name, found.body);
  }
  const files = new Map<string, number>();
  for (const prefix of ['raw', 'steps', 'runs', 'models']) {
    for await (const { key, bytes } of lake.list(prefix)) if (!isPassing(key)) files.set(key, bytes);
  }
  return { files, swapped };
}

/** To be called once the records are copied. */
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
