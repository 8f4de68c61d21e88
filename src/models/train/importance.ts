// What a feature is worth to the chosen candidate: by how much the loss of rows that it has not seen rises when it is shuffled.
import type { Split } from '../evaluate/folds.js';
import { type Dataset, permutationImportance } from '../learn/index.js';
import { type Candidate, type FitOptions, fitted } from './candidate.js';

/** Enough to rank features by; more rows would take longer than the training. */
const most = 2000;
const repeats = 3;

/** On the test rows of the first split, or the first 2,000 of them; by the name of the feature. */
export async function heldOutImportance(
  data: Dataset,
  [split]: readonly Split[],
  candidate: Candidate,
  options: FitOptions,
): Promise<ReadonlyMap<string, number>> {
  if (!split) return new Map();
  const model = await fitted(candidate, data.subset(split.train), options);
  const asked = data.subset(split.test.subarray(0, most));
  const found = permutationImportance(model, asked, { repeats, seed: options.seed });
  return new Map(found.map(({ name, loss }) => [name, loss]));
}
