// Rows with ties and returning patients, and their figures by scikit-learn, SciPy and statsmodels (reference.py).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Numbers = readonly number[];

interface Reference {
  readonly outcome: Numbers;
  readonly patient: Numbers;
  readonly ours: Numbers;
  readonly other: Numbers;
  readonly classes: Numbers;
  readonly shares: Numbers;
  readonly actual: Numbers;
  readonly predicted: Numbers;
  readonly auroc: Numbers;
  readonly auroc_delong: Numbers;
  readonly auroc_above: Numbers;
  readonly auroc_above_delong: Numbers;
  readonly average_precision: number;
  readonly average_precision_other: number;
  readonly brier: number;
  readonly log_loss: number;
  readonly slope: Numbers;
  readonly intercept: Numbers;
  readonly line: Numbers;
  readonly wilson: readonly (readonly [number, number, number, number])[];
  readonly isotonic: readonly (readonly [number, number])[];
  readonly multiclass_log_loss: number;
  readonly multiclass_macro_auroc: number;
  readonly r2: number;
  readonly mae: number;
}

export const reference: Reference = JSON.parse(readFileSync(join(import.meta.dirname, 'reference.json'), 'utf8'));

export const ours = {
  outcome: Uint8Array.from(reference.outcome),
  probability: Float64Array.from(reference.ours),
  patient: Int32Array.from(reference.patient),
};

/** The same rows as if each were of a patient of its own. */
export const alone = { ...ours, patient: ours.patient.map((_, row) => row) };
export const other = Float64Array.from(reference.other);
