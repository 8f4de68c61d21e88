// What every evaluation is handed beside the predictions of the model itself.
import type { Grouping } from './groups.js';

/** Another prediction of the same rows. */
export interface Baseline {
  readonly name: string;
  readonly label: string;
  /** As the model's: one value a row, or a row's K values side by side. */
  readonly prediction: Float64Array;
}

export interface Setting {
  /** The number of each row's patient. */
  readonly patient: Int32Array;
  /** The fold in which each row was predicted; absent where there are none. */
  readonly fold?: Int32Array;
  readonly baselines: readonly Baseline[];
  readonly groups: readonly Grouping[];
  readonly seed: number;
  /** Draws of the bootstrap: 1,000 unless there is a reason. */
  readonly replicates: number;
}

/** @throws RangeError where there are no rows, for a length that is not theirs, and for a value that is no probability. */
export function requireProbabilities(values: Float64Array, length: number): void {
  requireLength(values, length);
  const wrong = values.findIndex((value) => !(value >= 0 && value <= 1));
  if (wrong >= 0) throw new RangeError(`Value ${wrong} of the predictions, ${values[wrong]}, is no probability.`);
}

export function requireLength(values: { readonly length: number }, length: number): void {
  if (length === 0) throw new RangeError('There are no rows to judge by.');
  if (values.length !== length) throw new RangeError(`${values.length} values are given for ${length}.`);
}
