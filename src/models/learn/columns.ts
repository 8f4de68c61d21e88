// The columns of a model and those that are given to it, brought together by name.
import { CarelakeError } from '../../errors.js';

interface Named {
  readonly name: string;
  readonly kind: 'number' | 'category';
}

interface Given extends Named {
  readonly values: Float64Array | Float32Array | Int32Array;
}

/** What is wrong with a set of columns, or nothing. */
export function columnMismatch(columns: readonly Given[], rows: number): string | undefined {
  const names = new Set<string>();
  for (const { name, kind, values } of columns) {
    if (names.has(name)) return `The column ${name} is there twice.`;
    names.add(name);
    if (values.length !== rows) return `The column ${name} has ${values.length} values where ${rows} are expected.`;
    if (kind === 'category' && !(values instanceof Int32Array)) return `The categories of ${name} are no Int32Array.`;
  }
  return undefined;
}

/**
 * The given columns in the order of the model's.
 * @throws LEARN_COLUMNS one is missing, of another kind, or of another length.
 */
export function align(features: readonly Named[], columns: readonly Given[]): { rows: number; columns: Given[] } {
  const rows = columns[0]?.values.length ?? 0;
  const mismatch = columnMismatch(columns, rows);
  if (mismatch) throw new CarelakeError('LEARN_COLUMNS', mismatch);
  const byName = new Map(columns.map((column) => [column.name, column]));
  const aligned = features.map(({ name, kind }) => {
    const column = byName.get(name);
    if (!column) throw new CarelakeError('LEARN_COLUMNS', `The model needs the column ${name}.`);
    if (column.kind !== kind) {
      throw new CarelakeError('LEARN_COLUMNS', `The column ${name} is a ${column.kind}; the model learnt a ${kind}.`);
    }
    return column;
  });
  return { rows, columns: aligned };
}
