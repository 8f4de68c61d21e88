// Collects what no kept run needs: steps, old runs, folders that a crash left. Never what a kept run rests on, nor what
// is younger than the grace time, which a run in progress may be about to use.
import { posix } from 'node:path';
import type { Lake } from '../lake/lake.js';
import { unnamedAttempts } from './attempts.js';
import { type Batch, batchKey, inForce, readBatches } from './batch.js';
import { announceCollection } from './collecting.js';
import { areRunsHeld } from './holding.js';
import { underLock } from './lock.js';
import { readCurrent, readRuns } from './publish/manifest.js';

export interface GcOptions {
  /** How many runs are kept, the published one among them; all of them while a backup reads. */
  readonly keep: number;
  /** How old what is removed must be, in milliseconds. */
  readonly grace: number;
  /** The same of whole steps, and of batches in whose place another stands, where it is another. */
  readonly stepGrace?: number;
  /** Only says what would be removed. */
  readonly dry: boolean;
}

export interface GcResult {
  readonly runs: number;
  readonly steps: number;
  readonly raw: number;
  readonly scratch: number;
  readonly files: number;
  readonly bytes: number;
}

/** What `carelake gc` keeps where nothing else is said: ten runs, and what is younger than a day. */
export const usualGc = { keep: 10, grace: 24 * 3_600_000 } satisfies Partial<GcOptions>;

/** @throws RUN_IN_PROGRESS: a run and a collection never work at once. Who only looks takes no lock and writes nothing. */
export function collectGarbage(lake: Lake, options: GcOptions): Promise<GcResult> {
  return options.dry ? collect(lake, options) : underLock(lake, () => collect(lake, options));
}

async function collect(lake: Lake, { keep, grace, stepGrace = grace, dry }: GcOptions): Promise<GcResult> {
  const areHeld = await areRunsHeld(lake, dry);
  const runs = await readRuns(lake);
  const current = await readCurrent(lake);
  const kept = runs.filter((run, index) => areHeld || index < keep || run.id === current?.manifest.id);
  const keptRuns = new Set(kept.map(({ id }) => id));
  const neededSteps = new Set(kept.flatMap(({ steps }) => Object.values(steps)));
  const runsGone = await unneeded(lake, 'runs', 'manifest.json', (id) => keptRuns.has(id), 0);
  const stepsGone = await unneeded(lake, 'steps', 'step.json', (hash) => neededSteps.has(hash), stepGrace);
  const attemptsGone = await unnamedAttempts(lake, neededSteps, grace);
  // A batch that is complete is needed for good, unless another stands in its place; only a crash leaves one that is not.
  const batches = await readBatches(lake);
  const needed = new Set([...inForce(batches).map(batchKey), ...kept.flatMap((run) => run.batches)]);
  const isReplaced = (batch: Batch) => !areHeld && !needed.has(batchKey(batch)) && !needed.has(batch.id);
  const replaced = new Set(batches.filter(isReplaced).map((batch) => posix.basename(batchKey(batch))));
  const batchesGone = await unneeded(
    ...([lake, 'raw/batches', 'batch.json'] as const),
    (name, isComplete) => isComplete && !replaced.has(name),
    (name) => (replaced.has(name) ? stepGrace : grace),
  );
  const rawFiles = await unneeded(lake, 'raw/files', undefined, () => false, grace);
  const takeNoteAway = dry ? undefined : await announceCollection(lake);
  try {
    // Asked after the note is left, so that what a batch keeps that landed in the meantime is known.
    const neededFiles = new Set((await readBatches(lake)).flatMap(({ files }) => files.map(({ sha256 }) => sha256)));
    const filesGone = rawFiles.filter(({ name }) => !neededFiles.has(name));
    const all = [...runsGone, ...stepsGone, ...attemptsGone, ...batchesGone, ...filesGone];
    if (!dry) {
      // In this order, since a lake keeps none within one call: a run whose steps are going is no longer offered, and a
      // removal that is cut off leaves no folder that anybody takes for whole.
      await lake.remove(runsGone.flatMap(({ keys }) => keys));
      await lake.remove(all.flatMap(({ keys }) => keys.slice(0, 1)));
      await lake.remove(all.flatMap(({ keys }) => keys.slice(1)));
    }
    const scratch = await lake.sweep(grace, dry);
    return {
      runs: runsGone.length,
      steps: stepsGone.length,
      raw: batchesGone.length + filesGone.length,
      scratch: scratch.removed,
      files: all.reduce((sum, { keys }) => sum + keys.length, 0),
      bytes: all.reduce((sum, { bytes }) => sum + bytes, scratch.bytes),
    };
  } finally {
    await takeNoteAway?.();
  }
}

interface Folder {
  readonly name: string;
  /** The marker first, where there is one. */
  readonly keys: readonly string[];
  readonly bytes: number;
  readonly youngest: number;
}

/**
 * The folders below `prefix` that are not needed and wholly older than the grace time.
 * @param marker The file that says that a folder is complete, where there is one.
 * @param grace In milliseconds, by folder where it differs.
 */
async function unneeded(
  lake: Lake,
  prefix: string,
  marker: string | undefined,
  isNeeded: (folder: string, isComplete: boolean) => boolean,
  grace: number | ((folder: string) => number),
): Promise<Folder[]> {
  const graceOf = typeof grace === 'number' ? () => grace : grace;
  const folders = new Map<string, Folder>();
  for await (const { key, bytes, modified } of lake.list(prefix)) {
    const name = key.slice(prefix.length + 1).split('/')[0] ?? '';
    const { keys, ...found } = folders.get(name) ?? { keys: [], bytes: 0, youngest: 0 };
    folders.set(name, {
      name,
      keys: key === `${prefix}/${name}/${marker}` ? [key, ...keys] : [...keys, key],
      bytes: found.bytes + bytes,
      youngest: Math.max(found.youngest, modified.getTime()),
    });
  }
  return [...folders.values()].filter(
    ({ name, keys, youngest }) =>
      Date.now() - youngest >= graceOf(name) && !isNeeded(name, keys[0] === `${prefix}/${name}/${marker}`),
  );
}
