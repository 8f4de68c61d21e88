// Predictions of rows by what was learned from other patients only.
import type { Split } from './folds.js';

/** Learns from the rows of `train` and returns how to predict rows: `width` values each, side by side. */
export type Learning = (train: Int32Array) => (rows: Int32Array) => Float64Array;

/** @returns `width` values for each row; NaN for a row that no split judges by. */
export function outOfFold(splits: readonly Split[], rows: number, width: number, learn: Learning): Float64Array {
  const predicted = new Float64Array(rows * width).fill(Number.NaN);
  for (const { train, test } of splits) {
    if (test.length === 0) continue;
    const values = learn(train)(test);
    for (const [at, row] of test.entries()) {
      predicted.set(values.subarray(at * width, (at + 1) * width), row * width);
    }
  }
  return predicted;
}
