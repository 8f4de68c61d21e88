// What a server does so that a year of runs does not fill the disk: at most once an hour, after a run, it removes the runs that
// are no longer kept, with the steps that they alone rest on.
import { CarelakeError } from '../errors.js';
import type { Lake } from '../lake/lake.js';
import { collectGarbage, usualGc } from '../pipeline/gc.js';

const hour = 3_600_000;

/**
 * Each typed row makes a run, and a run writes its tables anew: a day of their steps would be much. Only the run that holds the lock
 * makes steps, and a collection holds it too; what else a process works at keeps the usual grace.
 */
const stepGrace = hour;

/** @param keep How many runs; null where others collect. @param report Is told of what failed: the run before it stands. */
export function collectsHourly(
  lake: Lake,
  keep: number | null,
  report: (text: string) => void,
  clock: () => number = Date.now,
): () => Promise<void> {
  let last = Number.NEGATIVE_INFINITY;
  return async () => {
    if (keep === null || clock() - last < hour) return;
    last = clock();
    try {
      await collectGarbage(lake, { ...usualGc, keep, stepGrace, dry: false });
    } catch (error) {
      // Where another process has begun a run it is done an hour later.
      if (!(error instanceof CarelakeError)) throw error;
      if (error.code !== 'RUN_IN_PROGRESS') report(`Old runs were not removed: ${error.code}: ${error.message}`);
    }
  };
}
