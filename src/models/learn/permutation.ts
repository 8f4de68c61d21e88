// Permutation importance (Breiman 2001; Fisher, Rudin, Dominici 2019): how much worse a model does where one column is shuffled.
import type { Column, Dataset } from './dataset.js';
import { meanError } from './loss.js';
import type { Model } from './model.js';
import { checkRanges } from './options.js';
import { random } from './random.js';

interface Shuffled {
  readonly name: string;
  /** By how much the loss (log loss, or mean squared error) rises, on average over the repeats, and its standard deviation. */
  readonly loss: number;
  readonly sd: number;
}

/** Best asked with data that the model has not learnt from. In the order of the model's features. @throws LEARN_COLUMNS, LEARN_OPTION */
export function permutationImportance(
  model: Model,
  data: Dataset,
  options: { readonly repeats?: number; readonly seed?: number } = {},
): Shuffled[] {
  checkRanges(options);
  const { repeats = 5, seed = 1 } = options;
  const ask = (columns: readonly Column[]) =>
    meanError(data, data.task === 'regression' ? model.margins(columns) : model.probabilities(columns));
  const before = ask(data.columns);
  const next = random(seed);
  return model.features.map(({ name }) => {
    const rises = Array.from({ length: repeats }, () => {
      const columns = data.columns.map((column) =>
        column.name === name ? { ...column, values: shuffled(column.values, next) } : column,
      );
      return ask(columns) - before;
    });
    const loss = rises.reduce((a, b) => a + b) / repeats;
    const squares = rises.reduce((sum, rise) => sum + (rise - loss) ** 2, 0);
    return { name, loss, sd: Math.sqrt(squares / Math.max(repeats - 1, 1)) };
  });
}

function shuffled<T extends Column['values']>(values: T, next: () => number): T {
  const copy = values.slice() as T;
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    const held = copy[i]!;
    copy[i] = copy[j]!;
    copy[j] = held;
  }
  return copy;
}
