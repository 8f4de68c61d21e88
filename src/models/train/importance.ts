// What a feature is worth to the chosen candidate: by how much the loss of rows that it has not seen rises when it is shuffled.
import type { Split } from '../evaluate/folds.js';
import { taken } from '../evaluate/patients.js';
import { type Dataset, permutationImportance } from '../learn/index.js';
import { type Candidate, type FitOptions, fitted } from './candidate.js';

/** Enough to rank features by; more rows would take longer than the training. */
const most = 2000;
const repeats = 3;

/** On the test rows of the first split, or 2,000 from all over them; by the name of the feature. None where they are all of one class. */
export async function heldOutImportance(
  data: Dataset,
  [split]: readonly Split[],
  candidate: Candidate,
  options: FitOptions,
): Promise<ReadonlyMap<string, number>> {
  if (!split) return new Map();
  const model = await fitted(candidate, data.subset(split.train), options);
  const step = Math.max(1, split.test.length / most);
  const rows = Int32Array.from(
    { length: Math.floor(split.test.length / step) },
    (_, at) => split.test[Math.floor(at * step)] as number,
  );
  if (new Set(taken(data.label, rows)).size < 2) return new Map();
  const asked = data.subset(rows);
  const found = permutationImportance(model, asked, { repeats, seed: options.seed });
  return new Map(found.map(({ name, loss }) => [name, loss]));
}
