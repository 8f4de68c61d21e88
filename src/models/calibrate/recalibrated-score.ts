// The baseline that is a score in use, as LACE or a count of visits: its points, by logistic regression on training rows
// (Platt's targets), become a probability. The order of the score stays.
import type { Learning } from '../evaluate/out-of-fold.js';
import { taken } from '../evaluate/patients.js';
import { calibrated } from './map.js';
import { platt } from './platt.js';

interface Score {
  readonly outcome: Uint8Array;
  /** NaN where the score's items are not known. */
  readonly score: Float64Array;
}

/**
 * Rows without a score get the share of the outcome among training rows without one, with one row more at the overall share;
 * so do all where no training row has a score.
 */
export function recalibratedScore({ outcome, score }: Score): Learning {
  return (train) => {
    const known = train.filter((row) => !Number.isNaN(score[row]));
    const unknown = train.filter((row) => Number.isNaN(score[row]));
    const eventsIn = (rows: Int32Array): number => rows.reduce((sum, row) => sum + (outcome[row] as number), 0);
    const withoutScore = (eventsIn(unknown) + eventsIn(train) / train.length) / (unknown.length + 1);
    const map = known.length > 0 ? platt(taken(score, known), taken(outcome, known)) : undefined;
    return (rows) =>
      Float64Array.from(rows, (row) => {
        const points = score[row] as number;
        return map === undefined || Number.isNaN(points) ? withoutScore : calibrated(map, points).probability;
      });
  };
}
