// SMOTE-NC (Chawla et al. 2002, J Artif Intell Res 16:321, 6.1): rows of rare classes made up between neighbours, until every
// class has as many rows as the most frequent.
import { drawing } from '../evaluate/random.js';
import { type Column, type Dataset, dataset } from '../learn/index.js';

const neighbours = 5;
/** Neighbours are looked for among as many rows of the class, chosen at random where there are more. */
const mostCompared = 2000;

export function smote({ columns, label, task, classes }: Dataset, seed: number): Dataset {
  const rowsOf = Array.from({ length: classes }, (_, own) => [...label.keys()].filter((row) => label[row] === own));
  const most = Math.max(...rowsOf.map(({ length }) => length));
  const made = rowsOf.flatMap((rows, own) => {
    if (rows.length <= neighbours) return [];
    const draw = drawing(seed, own);
    const among =
      rows.length > mostCompared ? Array.from({ length: mostCompared }, () => rows[draw(rows.length)]) : rows;
    const apart = distanceIn(columns, rows);
    return Array.from({ length: most - rows.length }, () => {
      const from = rows[draw(rows.length)] as number;
      const near = nearest(from, among as number[], apart);
      return { own, from, near, to: near[draw(near.length)] as number, share: draw(2 ** 32) / 2 ** 32 };
    });
  });
  const labels = new Float64Array(label.length + made.length);
  labels.set(label);
  for (const [at, { own }] of made.entries()) labels[label.length + at] = own;
  return dataset({
    columns: columns.map((column) => withMade(column, made)),
    label: labels,
    task,
    classes,
  });
}

interface Made {
  readonly own: number;
  readonly from: number;
  readonly near: readonly number[];
  readonly to: number;
  /** Of the way from the one row to the other. */
  readonly share: number;
}

function withMade({ values, ...column }: Column, made: readonly Made[]): Column {
  const out = new (values.constructor as Float64ArrayConstructor)(values.length + made.length) as Column['values'];
  out.set(values);
  for (const [at, { from, near, to, share }] of made.entries()) {
    const [start, end] = [values[from] as number, values[to] as number];
    const between = Number.isNaN(end) ? start : start + share * (end - start);
    out[values.length + at] =
      column.kind === 'number' ? between : mostFrequent(near.map((row) => values[row] as number));
  }
  return { ...column, values: out };
}

/** The square of the distance of two rows: numbers in standard deviations of the class; what differs otherwise counts 1. */
function distanceIn(columns: readonly Column[], rows: readonly number[]): (a: number, b: number) => number {
  const scales = columns.map(({ kind, values }) => (kind === 'number' ? deviation(values, rows) : 0));
  return (a, b) =>
    columns.reduce((sum, { values }, at) => {
      const [x, y, scale] = [values[a] as number, values[b] as number, scales[at] as number];
      if (x === y || (Number.isNaN(x) && Number.isNaN(y))) return sum;
      return sum + (scale > 0 && !Number.isNaN(x - y) ? ((x - y) / scale) ** 2 : 1);
    }, 0);
}

function deviation(values: Column['values'], rows: readonly number[]): number {
  const known = rows.map((row) => values[row] as number).filter((value) => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  return Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length);
}

function nearest(from: number, among: readonly number[], apart: (a: number, b: number) => number): number[] {
  const found: { row: number; distance: number }[] = [];
  for (const row of among) {
    if (row === from) continue;
    const distance = apart(from, row);
    if (found.length === neighbours && distance >= (found.at(-1)?.distance ?? 0)) continue;
    if (found.length === neighbours) found.pop();
    const place = found.findIndex((other) => distance < other.distance);
    found.splice(place < 0 ? found.length : place, 0, { row, distance });
  }
  return found.map(({ row }) => row);
}

/** Of several as frequent, the lowest. */
function mostFrequent(codes: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || a - b)[0]?.[0] ?? -1;
}
