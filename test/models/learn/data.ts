// Made-up data for the learner's tests, the same for a seed: numbers, a category, gaps, and an outcome that hangs on them.
import type { Column, Dataset, Task } from '../../../src/models/learn/index.js';
import { dataset } from '../../../src/models/learn/index.js';

/** Numbers in [0, 1) (Park and Miller 1988). */
function numbers(seed: number): () => number {
  let state = (seed % 2147483646) + 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return (state - 1) / 2147483646;
  };
}

export function madeUp(rows: number, task: Task, seed = 7): Dataset {
  const next = numbers(seed);
  const a = Float64Array.from({ length: rows }, () => next() * 10);
  const b = Float64Array.from({ length: rows }, () => (next() < 0.2 ? Number.NaN : next()));
  const c = Int32Array.from({ length: rows }, () => (next() < 0.1 ? -1 : Math.floor(next() * 12)));
  const noise = Float64Array.from({ length: rows }, () => next());
  const signal = (row: number) =>
    Math.sin(a[row]!) + (Number.isNaN(b[row]!) ? 0.7 : b[row]!) + (c[row]! % 3 === 1 ? 1.2 : 0) + (next() - 0.5);
  const label = Float64Array.from({ length: rows }, (_, row) => {
    const value = signal(row);
    if (task === 'regression') return value * 3;
    return task === 'binary' ? Number(value > 0.9) : Math.min(2, Math.max(0, Math.floor(value)));
  });
  const columns: Column[] = [
    { name: 'a', kind: 'number', values: a },
    { name: 'b', kind: 'number', values: b },
    { name: 'c', kind: 'category', values: c },
    { name: 'noise', kind: 'number', values: noise },
  ];
  return dataset({ columns, label, task });
}
