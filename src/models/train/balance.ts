// What may be done about rare outcomes, only where it is asked for: each makes probabilities too high, which calibration
// has to undo, and the card shows by how much.
import type { Dataset } from '../learn/index.js';
import { dataset } from '../learn/index.js';
import { smote } from './smote.js';

export const balances = ['weights', 'smote'] as const;
export type Balance = (typeof balances)[number];

/** How training rows are changed before a fit. */
export const balanced: Readonly<Record<Balance, (train: Dataset, seed: number) => Dataset>> = {
  weights: classWeights,
  smote,
};

/** Each class weighs as much as every other, and all rows together as much as before: rows / (classes × rows of the class). */
function classWeights({ columns, label, task, classes }: Dataset): Dataset {
  const counts = new Float64Array(classes);
  for (const own of label) counts[own] = (counts[own] as number) + 1;
  const weight = label.map((own) => label.length / (classes * (counts[own] as number)));
  return dataset({ columns, label, task, classes, weight });
}
