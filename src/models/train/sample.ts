// No more cases than are wanted: those of patients chosen at random, all of a patient or none.
import { foldOfPatient } from '../evaluate/folds.js';
import { numbered, rowsWhere, taken } from '../evaluate/patients.js';
import type { Matrix } from '../features/matrix.js';

/** As fine as patients are put in order. */
const places = 2 ** 31;

/** The same patients for the same seed, and more of the same for a larger number. */
export function sampled(matrix: Matrix, most: number, seed: number): Matrix {
  if (matrix.rows <= most) return matrix;
  const rowsOf = new Int32Array(matrix.patients.length);
  for (const patient of matrix.patient) rowsOf[patient] = (rowsOf[patient] as number) + 1;
  const place = matrix.patients.map((key) => foldOfPatient(key, seed + 1, places));
  const order = [...matrix.patients.keys()].sort((a, b) => (place[a] as number) - (place[b] as number));
  const chosen = new Set<number>();
  let rows = 0;
  for (const patient of order) {
    rows += rowsOf[patient] as number;
    if (rows > most) break;
    chosen.add(patient);
  }
  const drawn = rowsWhere(matrix.rows, (row) => chosen.has(matrix.patient[row] as number));
  const own = taken(matrix.patient, drawn);
  const { patient } = numbered(own);
  const patients: string[] = [];
  for (const [at, number] of patient.entries()) patients[number] = matrix.patients[own[at] as number] as string;
  return {
    rows: drawn.length,
    columns: matrix.columns.map((column) => ({ ...column, values: taken(column.values, drawn) })),
    label: taken(matrix.label, drawn),
    patients,
    patient,
    day: taken(matrix.day, drawn),
    cases: [...drawn].map((row) => matrix.cases[row] as string),
    groups: matrix.groups.map((group) => ({ ...group, code: taken(group.code, drawn) })),
  };
}
