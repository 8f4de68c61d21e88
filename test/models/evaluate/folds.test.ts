// Splits keep a patient on one side, and the future out of training.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutoffDay, foldOfPatient, splitsByPatient, splitsByTime } from '../../../src/models/evaluate/folds.js';
import { outOfFold } from '../../../src/models/evaluate/out-of-fold.js';

const keys = Array.from({ length: 10_000 }, (_, number) => `P${number}`);

test('a patient stays in its fold whoever else is there, and its fold does not change between versions', () => {
  expect(keys.slice(0, 10).map((key) => foldOfPatient(key, 1, 5))).toMatchInlineSnapshot(`
    [
      2,
      3,
      1,
      1,
      4,
      1,
      3,
      1,
      4,
      1,
    ]
  `);
});

test('folds are of about the same size, by each seed another', () => {
  for (const seed of [1, 2, 20260701]) {
    const sizes = [0, 0, 0, 0, 0];
    for (const key of keys) {
      const fold = foldOfPatient(key, seed, 5);
      sizes[fold] = (sizes[fold] as number) + 1;
    }
    // Five standard deviations of a binomial with 10,000 and 1/5.
    for (const size of sizes) expect(Math.abs(size - 2000)).toBeLessThan(200);
  }
  const moved = keys.filter((key) => foldOfPatient(key, 1, 5) !== foldOfPatient(key, 2, 5)).length;
  expect(moved).toBeGreaterThan(7700);
});

const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 900 })), {
  minLength: 1,
  maxLength: 120,
});

test('by patient: every row is judged once, and nobody is on both sides', () => {
  fc.assert(
    fc.property(rows, (all) => {
      const fold = Int32Array.from(all, ([patient]) => foldOfPatient(`${patient}`, 3, 5));
      const splits = splitsByPatient(fold, 5);
      expect(splits.flatMap(({ test }) => [...test]).sort((a, b) => a - b)).toEqual([...all.keys()]);
      for (const { train, test } of splits) {
        const trained = new Set(Array.from(train, (row) => all[row]?.[0]));
        for (const row of test) expect(trained.has(all[row]?.[0])).toBe(false);
      }
    }),
  );
});

test('by time: every late row is judged once, by rows of others whose outcome was known at the cutoff', () => {
  fc.assert(
    fc.property(rows, (all) => {
      const fold = Int32Array.from(all, ([patient]) => foldOfPatient(`${patient}`, 3, 5));
      const day = Int32Array.from(all, ([, day]) => day);
      const cutoff = cutoffDay(day);
      const splits = splitsByTime(fold, 5, { day, cutoff, horizon: 30 });
      const late = [...all.keys()].filter((row) => (day[row] as number) >= cutoff);
      expect(splits.flatMap(({ test }) => [...test]).sort((a, b) => a - b)).toEqual(late);
      for (const { train, test } of splits) {
        const trained = new Set(Array.from(train, (row) => all[row]?.[0]));
        for (const row of test) expect(trained.has(all[row]?.[0])).toBe(false);
        for (const row of train) expect((day[row] as number) + 30).toBeLessThanOrEqual(cutoff);
      }
    }),
  );
});

test('the cutoff leaves no more than the early share before it', () => {
  expect(cutoffDay(Int32Array.of(5, 1, 2, 3, 4, 6, 7, 8, 9, 10), 0.8)).toBe(9);
  expect(cutoffDay(Int32Array.of(1, 1, 1), 0.8)).toBe(1);
});

test('a row that no split judges by has no prediction', () => {
  const split = { train: Int32Array.of(0, 1), test: Int32Array.of(2) };
  const predicted = outOfFold(
    [split],
    4,
    2,
    (train) => (rows) => Float64Array.from({ length: rows.length * 2 }, () => train.length),
  );
  expect([...predicted]).toEqual([NaN, NaN, NaN, NaN, 2, 2, NaN, NaN]);
});
