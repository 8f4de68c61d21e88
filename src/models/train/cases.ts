// The cases of a model as training sees them: with the fold of each patient.
import { foldOfPatient } from '../evaluate/folds.js';
import type { Grouping } from '../evaluate/groups.js';
import type { Matrix } from '../features/matrix.js';

export interface Cases {
  /** The class of each row. */
  readonly outcome: Uint8Array;
  readonly patient: Int32Array;
  /** The same for all rows of a patient. */
  readonly fold: Int32Array;
  readonly groups: readonly Grouping[];
  /** Days since 1970; −1 without dates. */
  readonly day: Int32Array;
}

export function casesOf({ label, patients, patient, groups, day }: Matrix, seed: number, folds: number): Cases {
  const foldOf = patients.map((key) => foldOfPatient(key, seed, folds));
  return { outcome: Uint8Array.from(label), patient, fold: patient.map((one) => foldOf[one] as number), groups, day };
}
