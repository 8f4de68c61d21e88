// What a model learns from: columns side by side, one label a row, perhaps a weight.
import { CarelakeError } from '../../errors.js';
import { columnMismatch } from './columns.js';

export type Task = 'regression' | 'binary' | 'multiclass';

export interface Column {
  readonly name: string;
  readonly kind: 'number' | 'category';
  /** Numbers, NaN where missing; or codes of categories from 0, negative where missing. */
  readonly values: Float64Array | Float32Array | Int32Array;
}

interface DatasetInput {
  readonly columns: readonly Column[];
  /** One number a row: the value, or the class from 0 (binary: 0 or 1). */
  readonly label: Float64Array;
  readonly task: Task;
  /** Of a multiclass task; without it, the highest label and one. */
  readonly classes?: number;
  /** Finite and not negative. */
  readonly weight?: Float64Array | undefined;
}

interface Skipped {
  readonly name: string;
  readonly reason: 'empty' | 'constant';
}

export interface Dataset {
  readonly rows: number;
  readonly columns: readonly Column[];
  readonly label: Float64Array;
  readonly weight: Float64Array | undefined;
  readonly task: Task;
  /** 1 for a regression. */
  readonly classes: number;
  /** Columns that nothing can be learnt from. They stay in the model, with no part in its answers. */
  readonly skipped: readonly Skipped[];
  /** The same data with these rows only, in this order; a row may come more than once. */
  subset(rows: ArrayLike<number>): Dataset;
}

/**
 * Checks what a model is to learn from.
 * @throws LEARN_DATA no rows, lengths that differ, a column twice, a label or weight that is none.
 * @throws LEARN_ONE_CLASS every row has the same class.
 * @throws LEARN_NO_COLUMN every column is empty or constant.
 */
export function dataset(input: DatasetInput): Dataset {
  const { columns, label, task, weight } = input;
  const rows = label.length;
  if (rows === 0) throw new CarelakeError('LEARN_DATA', 'There is no row to learn from.');
  const mismatch = columnMismatch(columns, rows);
  if (mismatch) throw new CarelakeError('LEARN_DATA', mismatch);
  checkWeight(weight, rows);
  const classes = task === 'regression' ? checkNumbers(label) : checkClasses(label, weight, task, input.classes);
  const skipped = columns.flatMap((column): Skipped[] => {
    const reason = uselessness(column);
    return reason ? [{ name: column.name, reason }] : [];
  });
  if (skipped.length === columns.length) {
    const named = skipped.map(({ name, reason }) => `${name} (${reason})`).join(', ');
    throw new CarelakeError('LEARN_NO_COLUMN', `No column says anything: ${named || 'there is none'}.`);
  }
  return {
    rows,
    columns,
    label,
    weight,
    task,
    classes,
    skipped,
    subset: (chosen) =>
      dataset({
        columns: columns.map((column) => ({ ...column, values: pick(column.values, chosen) })),
        label: pick(label, chosen),
        task,
        classes,
        weight: weight && pick(weight, chosen),
      }),
  };
}

function pick<T extends Float64Array | Float32Array | Int32Array>(values: T, rows: ArrayLike<number>): T {
  const chosen = new (values.constructor as new (length: number) => T)(rows.length);
  for (let i = 0; i < rows.length; i++) chosen[i] = values[rows[i]!]!;
  return chosen;
}

function checkWeight(weight: Float64Array | undefined, rows: number): void {
  if (!weight) return;
  if (weight.length !== rows) {
    throw new CarelakeError('LEARN_DATA', `There are ${rows} labels and ${weight.length} weights.`);
  }
  const bad = weight.findIndex((w) => !(w >= 0 && w < Number.POSITIVE_INFINITY));
  if (bad >= 0)
    throw new CarelakeError('LEARN_DATA', `The weight of row ${bad} is ${weight[bad]}: 0 or more is right.`);
  if (!weight.some((w) => w > 0)) throw new CarelakeError('LEARN_DATA', 'Every weight is 0.');
}

function checkNumbers(label: Float64Array): number {
  const bad = label.findIndex((y) => !Number.isFinite(y));
  if (bad >= 0) throw new CarelakeError('LEARN_DATA', `The label of row ${bad} is ${label[bad]}: a number is right.`);
  return 1;
}

function checkClasses(label: Float64Array, weight: Float64Array | undefined, task: Task, given?: number): number {
  const top = label.reduce((a, b) => Math.max(a, b), 0);
  const classes = task === 'binary' ? 2 : (given ?? Math.max(top + 1, 3));
  if (!Number.isInteger(classes) || classes < 2 || (task === 'multiclass' && classes > 1000)) {
    throw new CarelakeError('LEARN_DATA', `${classes} is no number of classes.`);
  }
  const bad = label.findIndex((y) => !(Number.isInteger(y) && y >= 0 && y < classes));
  if (bad >= 0) {
    throw new CarelakeError('LEARN_DATA', `The label of row ${bad} is ${label[bad]}: 0 to ${classes - 1} is right.`);
  }
  const present = new Set<number>();
  label.forEach((y, i) => {
    if (!weight || weight[i]! > 0) present.add(y);
  });
  if (present.size < 2) {
    throw new CarelakeError('LEARN_ONE_CLASS', `All ${label.length} rows have the class ${[...present][0]}.`);
  }
  return classes;
}

function uselessness({ kind, values }: Column): Skipped['reason'] | undefined {
  const missing = (value: number) => (kind === 'category' ? value < 0 : Number.isNaN(value));
  const first = values[0]!;
  const differs = (value: number) => value !== first && !(missing(value) && missing(first));
  for (let i = 1; i < values.length; i++) if (differs(values[i]!)) return undefined;
  return missing(first) ? 'empty' : 'constant';
}
