// The area under the ROC curve, its interval and that of a difference.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auroc, aurocAbove, type Rated } from '../../../src/models/evaluate/auroc.js';
import type { Estimate } from '../../../src/models/evaluate/estimate.js';
import { alone, other, ours, reference } from './reference.js';

const numbers = (estimate: Estimate | null) => [estimate?.value, estimate?.low, estimate?.high];
const close = (found: Estimate | null, [value, low, high]: readonly number[]) => {
  expect(found?.value).toBeCloseTo(value as number, 12);
  expect(found?.low).toBeCloseTo(low as number, 10);
  expect(found?.high).toBeCloseTo(high as number, 10);
};

/** Every pair of a row with the outcome and one without. */
function bruteForce({ outcome, probability }: Rated): number {
  let [right, pairs] = [0, 0];
  for (const [row, event] of outcome.entries()) {
    for (const [than, happened] of outcome.entries()) {
      if (event !== 1 || happened !== 0) continue;
      pairs++;
      const apart = (probability[row] as number) - (probability[than] as number);
      right += apart > 0 ? 1 : apart === 0 ? 0.5 : 0;
    }
  }
  return right / pairs;
}

/** Few distinct probabilities, so that ties abound. */
const rated = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 9 })), {
    minLength: 2,
    maxLength: 60,
  })
  .map((rows) => ({
    outcome: Uint8Array.from(rows, ([outcome]) => outcome),
    probability: Float64Array.from(rows, ([, probability]) => probability / 12),
    patient: Int32Array.from(rows, ([, , patient]) => patient),
  }));

describe('against the papers, pair by pair (reference.py)', () => {
  test('by patient, the interval of Obuchowski', () => close(auroc(ours), reference.auroc));
  test('of independent rows, the interval of DeLong', () => close(auroc(alone), reference.auroc_delong));
  test('the difference of two, by patient', () => close(aurocAbove(ours, other), reference.auroc_above));
  test('the difference of two, of independent rows', () =>
    close(aurocAbove(alone, other), reference.auroc_above_delong));
});

test('it is the share of pairs in the right order, half for ties', () => {
  fc.assert(
    fc.property(rated, (rows) => {
      const found = auroc(rows);
      const pairs = bruteForce(rows);
      if (Number.isNaN(pairs)) expect(found).toBeNull();
      else expect(found?.value).toBeCloseTo(pairs, 12);
    }),
  );
});

test('any strictly rising map of the probabilities leaves it and its interval as they are', () => {
  fc.assert(
    fc.property(rated, (rows) => {
      const bent = { ...rows, probability: rows.probability.map((value) => value ** 3 / 2 + 0.1) };
      expect(numbers(auroc(bent))).toEqual(numbers(auroc(rows)));
    }),
  );
});

test('turning every probability round turns the area round', () => {
  fc.assert(
    fc.property(rated, (rows) => {
      const turned = auroc({ ...rows, probability: rows.probability.map((value) => -value) });
      const found = auroc(rows);
      if (found) expect(turned?.value).toBeCloseTo(1 - found.value, 12);
      else expect(turned).toBeNull();
    }),
  );
});

test('it has no interval where one class is of a single patient', () => {
  const outcome = Uint8Array.of(1, 1, 0, 0);
  const probability = Float64Array.of(0.4, 0.3, 0.2, 0.35);
  expect(auroc({ outcome, probability, patient: Int32Array.of(0, 0, 1, 2) })).toEqual({
    value: 0.75,
    low: null,
    high: null,
  });
});
