// Data sets of different kinds, made by seed, and how they are handed to the peers: raw float64, column after column.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Numbers in [0, 1) (Park and Miller 1988). */
export function random(seed) {
  let state = ((seed * 7919) % 2147483646) + 1;
  const next = () => {
    state = (state * 48271) % 2147483647;
    return (state - 1) / 2147483646;
  };
  for (let i = 0; i < 20; i++) next();
  return next;
}

const normal = (next) => Math.sqrt(-2 * Math.log(next() + 1e-300)) * Math.cos(2 * Math.PI * next());
const sigmoid = (x) => 1 / (1 + Math.exp(-x));

function numeric(rows, count, draw) {
  return Array.from({ length: count }, (_, f) => ({
    name: `x${f}`,
    kind: 'number',
    values: Float64Array.from({ length: rows }, draw),
  }));
}

/** A mixture of interactions, waves and steps; what is left of 30 columns is noise. */
export function signal(x, row) {
  return (
    x[0].values[row] * x[1].values[row] +
    Math.sin(2 * x[2].values[row]) +
    0.5 * x[3].values[row] ** 2 -
    0.5 +
    0.8 * x[4].values[row] +
    (x[5].values[row] > 0.5 ? x[6].values[row] : 0)
  );
}

/** Each makes columns, label, task and perhaps weights for so many rows. */
export const kinds = {
  /** Friedman 1991, the first. */
  regression(rows, seed) {
    const next = random(seed);
    const columns = numeric(rows, 10, next);
    const x = (f, row) => columns[f].values[row];
    const label = Float64Array.from({ length: rows }, (_, row) => {
      const wave = 10 * Math.sin(Math.PI * x(0, row) * x(1, row)) + 20 * (x(2, row) - 0.5) ** 2;
      return wave + 10 * x(3, row) + 5 * x(4, row) + normal(next);
    });
    return { columns, label, task: 'regression' };
  },
  binary(rows, seed) {
    const next = random(seed);
    const columns = numeric(rows, 30, () => normal(next));
    const label = Float64Array.from({ length: rows }, (_, row) => Number(next() < sigmoid(1.5 * signal(columns, row))));
    return { columns, label, task: 'binary' };
  },
  multiclass(rows, seed) {
    const next = random(seed);
    const columns = numeric(rows, 12, () => normal(next));
    const label = Float64Array.from({ length: rows }, (_, row) => {
      const value = signal(columns, row) + 0.6 * normal(next);
      return value < -1 ? 0 : value < 0.5 ? 1 : value < 1.5 ? 2 : 3;
    });
    return { columns, label, task: 'multiclass' };
  },
  /** Three values of ten are gone, and in the first column for a reason. */
  missing(rows, seed) {
    const made = kinds.binary(rows, seed);
    const next = random(seed + 1000);
    made.columns.forEach(({ values }, f) => {
      for (let row = 0; row < rows; row++) {
        if (next() < (f === 0 ? (made.label[row] ? 0.5 : 0.1) : 0.3)) values[row] = Number.NaN;
      }
    });
    return made;
  },
  /** Two categories of 40 and 6 levels, each level with an effect of its own, beside five numbers. */
  categorical(rows, seed) {
    const effect = random(5);
    const effects = [40, 6].map((levels) => Float64Array.from({ length: levels }, () => 2.5 * (effect() - 0.5)));
    const next = random(seed);
    const columns = numeric(rows, 5, () => normal(next));
    const codes = effects.map((levels, f) => ({
      name: `c${f}`,
      kind: 'category',
      values: Int32Array.from({ length: rows }, () => (next() < 0.05 ? -1 : Math.floor(next() ** 2 * levels.length))),
    }));
    const label = Float64Array.from({ length: rows }, (_, row) => {
      const parts = codes.map(({ values }, f) => effects[f][values[row]] ?? 0);
      return Number(
        next() < sigmoid(parts[0] + parts[1] + columns[0].values[row] + Math.abs(columns[1].values[row]) - 1),
      );
    });
    return { columns: [...columns, ...codes], label, task: 'binary' };
  },
  /** The noise differs by row, and the weights say how much. */
  weights(rows, seed) {
    const next = random(seed);
    const columns = numeric(rows, 10, () => normal(next));
    const weight = Float64Array.from({ length: rows }, () => 0.1 + 4 * next() ** 2);
    const label = Float64Array.from(
      { length: rows },
      (_, r) => signal(columns, r) + normal(next) / Math.sqrt(weight[r]),
    );
    return { columns, label, weight, task: 'regression' };
  },
};

/** Writes data for peers.py. */
export function write(folder, { columns, label, weight, task }) {
  mkdirSync(folder, { recursive: true });
  const plain = ({ kind, values }) =>
    kind === 'category'
      ? Float64Array.from(values, (code) => (code < 0 ? Number.NaN : code))
      : Float64Array.from(values);
  const arrays = [...columns.map(plain), label, ...(weight ? [weight] : [])];
  writeFileSync(join(folder, 'data.f64'), Buffer.concat(arrays.map((array) => Buffer.from(array.buffer))));
  const described = columns.map(({ name, kind }) => ({ name, kind }));
  const meta = { rows: label.length, task, weighted: weight !== undefined, columns: described };
  writeFileSync(join(folder, 'meta.json'), JSON.stringify(meta));
}

/** Reads data that peers.py wrote. */
export function read(folder) {
  const { rows, task, columns } = JSON.parse(readFileSync(join(folder, 'meta.json'), 'utf8'));
  const all = new Float64Array(Uint8Array.from(readFileSync(join(folder, 'data.f64'))).buffer);
  const part = (i) => all.slice(i * rows, (i + 1) * rows);
  return {
    task,
    label: part(columns.length),
    columns: columns.map((column, i) => ({
      ...column,
      values: column.kind === 'category' ? Int32Array.from(part(i), (v) => (Number.isNaN(v) ? -1 : v)) : part(i),
    })),
  };
}
