// What a threshold means at the bedside: how many alerts, how many of them right, how many missed.
import { type Static, Type } from 'typebox';
import { numberOrNull } from './estimate.js';
import { fromTheTop, rankOrder } from './ranked.js';

export const thresholdRow = Type.Object(
  {
    share: Type.Number({ description: 'The share of rows that was to be alerted.' }),
    threshold: Type.Number({ description: 'Who has at least this probability is alerted.' }),
    alerts_per_100: Type.Number({ description: 'Above 100 × share where rows have the same probability.' }),
    sensitivity: numberOrNull,
    specificity: numberOrNull,
    ppv: numberOrNull,
    npv: numberOrNull,
    true_positives: Type.Integer(),
    false_positives: Type.Integer(),
    false_negatives: Type.Integer(),
    true_negatives: Type.Integer(),
  },
  { description: 'The confusion matrix at one threshold, and its shares; null where there is nothing to divide by.' },
);
export type ThresholdRow = Static<typeof thresholdRow>;

/** The shares of rows that a threshold table alerts where no others are asked for. */
const alertShares: readonly number[] = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5];

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** For each share the highest threshold that alerts at least as many rows. */
export function thresholdTable(
  outcome: Uint8Array,
  probability: Float64Array,
  shares: readonly number[] = alertShares,
): ThresholdRow[] {
  const rows = outcome.length;
  const all = outcome.reduce((sum, event) => sum + event, 0);
  const order = rankOrder(probability);
  const left = [...shares].sort((a, b) => a - b);
  const table: ThresholdRow[] = [];
  let hits = 0;
  fromTheTop(probability, order, (start, end, threshold) => {
    for (let at = start; at < end; at++) hits += outcome[order[at] as number] as number;
    const alerts = rows - start;
    while (left[0] !== undefined && alerts >= left[0] * rows - 1e-9) {
      const misses = all - hits;
      const rightly = rows - alerts - misses;
      table.push({
        share: left.shift() as number,
        threshold,
        alerts_per_100: (100 * alerts) / rows,
        sensitivity: share(hits, all),
        specificity: share(rightly, rows - all),
        ppv: share(hits, alerts),
        npv: share(rightly, rows - alerts),
        true_positives: hits,
        false_positives: alerts - hits,
        false_negatives: misses,
        true_negatives: rightly,
      });
    }
  });
  return table;
}
