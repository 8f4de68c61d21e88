// Rows chosen by number, and patients numbered anew without gaps.
import type { Rated } from './auroc.js';

interface Numbered {
  /** From 0, in the order of first appearance. */
  readonly patient: Int32Array;
  readonly patients: number;
}

/** The patients of the rows, and how many there are. */
export function numbered(patient: Int32Array): Numbered {
  const numbers = new Map<number, number>();
  const own = patient.map((who) => {
    const known = numbers.get(who);
    if (known !== undefined) return known;
    numbers.set(who, numbers.size);
    return numbers.size - 1;
  });
  return { patient: own, patients: numbers.size };
}

/** Of `values` those of the rows, in their order; of `width` values a row. */
export function taken<Values extends Uint8Array | Int32Array | Float32Array | Float64Array>(
  values: Values,
  rows: Int32Array,
  width = 1,
): Values {
  const out = new (values.constructor as new (length: number) => Values)(rows.length * width);
  for (let at = 0; at < rows.length; at++) {
    const from = (rows[at] as number) * width;
    out.set(values.subarray(from, from + width), at * width);
  }
  return out;
}

/** The rows of a subset, their patients numbered anew. */
export const ratedRows = ({ outcome, probability, patient }: Rated, rows: Int32Array): Rated => ({
  outcome: taken(outcome, rows),
  probability: taken(probability, rows),
  patient: numbered(taken(patient, rows)).patient,
});

/** Row numbers for which `keep` holds. */
export function rowsWhere(rows: number, keep: (row: number) => boolean): Int32Array {
  const out = new Int32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) if (keep(row)) out[count++] = row;
  return out.slice(0, count);
}
