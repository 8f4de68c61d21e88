// What simple predictions learn from training rows, by hand.
import { describe, expect, test } from 'vitest';
import { recalibratedScore } from '../../../src/models/calibrate/recalibrated-score.js';
import { classShares } from '../../../src/models/evaluate/class-shares.js';

const all = (rows: number) => Int32Array.from({ length: rows }, (_, row) => row);

describe('class shares', () => {
  test('of one group: the prevalence among training rows alone', () => {
    const predict = classShares({ outcome: Uint8Array.of(1, 0, 0, 0, 1, 1), classes: 2 })(all(4));
    // One event of four, and one row more at the share of a quarter.
    expect([...predict(Int32Array.of(4, 5))]).toEqual([0.25, 0.25]);
  });
  test('by group: its rows and one more at the overall share; a group never seen gets the overall share', () => {
    const outcome = Uint8Array.of(1, 1, 0, 0, 0, 0, 0, 0);
    const group = Int32Array.of(0, 0, 0, 1, 1, -1, 2, -1);
    const predict = classShares({ outcome, classes: 2, group })(all(6));
    const overall = 2 / 6;
    const found = [...predict(Int32Array.of(0, 3, 7, 6))];
    [(2 + overall) / 4, overall / 3, overall / 2, overall].forEach((share, at) => {
      expect(found[at]).toBeCloseTo(share, 14);
    });
  });
  test('of three classes: a row of shares that sum to 1', () => {
    const outcome = Uint8Array.of(0, 1, 1, 2);
    const predict = classShares({ outcome, classes: 3, group: Int32Array.of(5, 5, 5, 6) })(all(4));
    const found = [...predict(Int32Array.of(0))];
    [1.25 / 4, 2.5 / 4, 0.25 / 4].forEach((share, at) => {
      expect(found[at]).toBeCloseTo(share, 14);
    });
  });
});

describe('a recalibrated score', () => {
  const outcome = Uint8Array.of(0, 0, 0, 1, 0, 1, 1, 0, 1, 0);
  const score = Float64Array.of(1, 2, 3, 3, 4, 5, 6, 6, NaN, NaN);
  const predicted = recalibratedScore({ outcome, score })(all(10))(all(10));
  test('keeps the order of the score', () => {
    for (let row = 1; row < 8; row++) {
      const [before, own] = [predicted[row - 1] as number, predicted[row] as number];
      if (score[row] === score[row - 1]) expect(own).toBe(before);
      else expect(own).toBeGreaterThan(before);
    }
  });
  test('gives rows without a score the share among those without one', () => {
    expect(predicted[8]).toBeCloseTo((1 + 0.4) / 3, 14);
    expect(predicted[9]).toBe(predicted[8]);
  });
  test('gives every row the share of the outcome where no training row has a score', () => {
    const found = recalibratedScore({ outcome, score })(Int32Array.of(8, 9))(Int32Array.of(0, 9));
    expect([...found]).toEqual([0.5, 0.5]);
  });
  test('is learned from training rows alone', () => {
    const few = recalibratedScore({ outcome, score })(Int32Array.of(0, 1, 3, 5))(all(10));
    const changed = recalibratedScore({ outcome: outcome.with(7, 1), score })(Int32Array.of(0, 1, 3, 5))(all(10));
    expect(changed).toEqual(few);
  });
});
