// Collects what no kept run needs: steps, old runs, folders that a crash left. Never what a kept run rests on, nor what
// is younger than the grace time, which a run in progress may be about to use.
import type { Lake } from '../lake/lake.js';
import { readBatches } from './batch.js';
import { takeLock } from './lock.js';
import { readCurrent, readRuns } from './publish/manifest.js';

export interface GcOptions {
  /** How many runs are kept, the published one among them. */
  readonly keep: number;
  /** Milliseconds. */
  readonly grace: number;
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
export async function collectGarbage(lake: Lake, options: GcOptions): Promise<GcResult> {
  if (options.dry) return collect(lake, options);
  const lock = await takeLock(lake);
  try {
    return await collect(lake, options);
  } finally {
    await lock.release();
  }
}

async function collect(lake: Lake, { keep, grace, dry }: GcOptions): Promise<GcResult> {
  const runs = await readRuns(lake);
  const current = await readCurrent(lake);
  const kept = runs.filter((run, index) => index < keep || run.id === current?.manifest.id);
  const keptRuns = new Set(kept.map(({ id }) => id));
  const neededSteps = new Set(kept.flatMap(({ steps }) => Object.values(steps)));
  const batches = await readBatches(lake);
  const neededBatches = new Set(batches.map(({ sequence, id }) => `${String(sequence).padStart(6, '0')}-${id}`));
  const neededFiles = new Set(batches.flatMap(({ files }) => files.map(({ sha256 }) => sha256)));

  const runsGone = await unneeded(lake, 'runs', (id) => keptRuns.has(id), 0);
  const stepsGone = await unneeded(lake, 'steps', (hash) => neededSteps.has(hash), grace);
  const batchesGone = await unneeded(lake, 'raw/batches', (folder) => neededBatches.has(folder), grace);
  const filesGone = await unneeded(lake, 'raw/files', (sha256) => neededFiles.has(sha256), grace);
  const all = [runsGone, stepsGone, batchesGone, filesGone];
  // Manifests first: a run whose steps are going is no longer offered.
  if (!dry) for (const { keys } of all) await lake.remove(keys);
  const scratch = await lake.sweep(grace, dry);
  return {
    runs: runsGone.folders,
    steps: stepsGone.folders,
    raw: batchesGone.folders + filesGone.folders,
    scratch: scratch.removed,
    files: all.reduce((sum, { keys }) => sum + keys.length, 0),
    bytes: all.reduce((sum, { bytes }) => sum + bytes, scratch.bytes),
  };
}

/** The files of every folder below `prefix` that is not needed and wholly older than the grace time. */
async function unneeded(
  lake: Lake,
  prefix: string,
  isNeeded: (folder: string) => boolean,
  grace: number,
): Promise<{ folders: number; keys: string[]; bytes: number }> {
  const folders = new Map<string, { keys: string[]; bytes: number; youngest: number }>();
  for await (const { key, bytes, modified } of lake.list(prefix)) {
    const folder = key.slice(prefix.length + 1).split('/')[0] ?? '';
    if (isNeeded(folder)) continue;
    const found = folders.get(folder) ?? { keys: [], bytes: 0, youngest: 0 };
    found.keys.push(key);
    found.bytes += bytes;
    found.youngest = Math.max(found.youngest, modified.getTime());
    folders.set(folder, found);
  }
  const old = [...folders.values()].filter(({ youngest }) => Date.now() - youngest >= grace);
  return {
    folders: old.length,
    keys: old.flatMap(({ keys }) => keys),
    bytes: old.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}
