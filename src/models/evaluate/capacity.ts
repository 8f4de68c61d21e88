// Categories by how many patients can be cared for, not by a probability somebody thought of: the top tenth of the training
// population is High, the next fifth Medium.
import { type Static, Type } from 'typebox';
import { quantileOf } from './bootstrap.js';

const category = Type.Object({
  share: Type.Number({ description: 'Of the training population.' }),
  from: Type.Number({ description: 'The least probability of the category.' }),
});

export const capacity = Type.Object({
  high: category,
  medium: category,
  percentiles: Type.Array(Type.Number(), {
    minItems: 101,
    maxItems: 101,
    description: 'The quantiles 0, 0.01 … 1 of the predicted probability in the training population.',
  }),
});
export type Capacity = Static<typeof capacity>;

/** Of the calibrated probabilities of the training population, each predicted out of fold. */
export function capacityOf(probability: Float64Array, shares = { high: 0.1, medium: 0.2 }): Capacity {
  const sorted = probability.toSorted();
  /** The highest probability that at least the share reaches; the rows of one probability are not parted. */
  const from = (share: number): number => sorted[sorted.length - Math.ceil(share * sorted.length - 1e-9)] as number;
  return {
    high: { share: shares.high, from: from(shares.high) },
    medium: { share: shares.medium, from: from(shares.high + shares.medium) },
    percentiles: Array.from({ length: 101 }, (_, percent) => quantileOf(sorted, percent / 100)),
  };
}

type Category = 'high' | 'medium' | 'low';

/** Where many share one probability, Medium may be empty. */
export const categoryOf = ({ high, medium }: Capacity, probability: number): Category =>
  probability >= high.from ? 'high' : probability >= medium.from ? 'medium' : 'low';

/** How many of 100 of the training population have a lower probability, from 0 to 100; half of those with an equal one. */
export function percentileOf({ percentiles }: Capacity, probability: number): number {
  const below = percentiles.filter((value) => value < probability).length;
  const upTo = percentiles.filter((value) => value <= probability).length;
  if (below < upTo) return Math.min(100, Math.max(0, (below + upTo - 1) / 2));
  const [low, high] = [percentiles[below - 1], percentiles[below]];
  if (low === undefined) return 0;
  if (high === undefined) return 100;
  return below - 1 + (probability - low) / (high - low);
}
