// Calibration slope and intercept, and where they do not exist.
import { describe, expect, test } from 'vitest';
import { calibrationLine } from '../../../src/models/evaluate/calibration-line.js';
import { logOdds } from '../../../src/models/evaluate/log-odds.js';
import { logisticLine } from '../../../src/models/evaluate/logistic-line.js';
import { drawing } from '../../../src/models/evaluate/random.js';
import { ours, reference } from './reference.js';

test('both, with their intervals by patient, are those of statsmodels', () => {
  const { slope, intercept } = calibrationLine(ours);
  for (const [found, known] of [
    [slope, reference.slope],
    [intercept, reference.intercept],
  ] as const) {
    expect(found?.value).toBeCloseTo(known[0] as number, 9);
    expect(found?.low).toBeCloseTo(known[1] as number, 8);
    expect(found?.high).toBeCloseTo(known[2] as number, 8);
  }
});

test('the regression of the slope has the intercept of statsmodels', () => {
  const line = logisticLine({ x: ours.probability.map(logOdds), target: ours.outcome });
  expect(line?.intercept).toBeCloseTo(reference.line[0] as number, 9);
});

test('outcomes drawn with the predicted probabilities have a slope near 1 and an intercept near 0', () => {
  const random = drawing(7, 0);
  const uniform = () => random(2 ** 32) / 2 ** 32;
  const probability = Float64Array.from({ length: 40_000 }, () => 0.02 + 0.6 * uniform() ** 2);
  const outcome = Uint8Array.from(probability, (value) => (uniform() < value ? 1 : 0));
  const { slope, intercept } = calibrationLine({ outcome, probability, patient: Int32Array.from(outcome.keys()) });
  expect(slope?.value).toBeGreaterThan(0.95);
  expect(slope?.value).toBeLessThan(1.05);
  expect(Math.abs(intercept?.value as number)).toBeLessThan(0.05);
  expect(slope?.low).toBeLessThan(1);
  expect(slope?.high).toBeGreaterThan(1);
});

test('predictions twice as far apart as they should be have half the slope', () => {
  const probability = ours.probability.map((value) => 1 / (1 + Math.exp(-2 * logOdds(value))));
  const found = calibrationLine({ ...ours, probability });
  expect(found.slope?.value).toBeCloseTo((reference.slope[0] as number) / 2, 9);
});

describe('there is none', () => {
  const patient = Int32Array.of(0, 1, 2, 3);
  test('where nobody has the outcome', () => {
    const probability = Float64Array.of(0.1, 0.2, 0.3, 0.4);
    expect(calibrationLine({ outcome: new Uint8Array(4), probability, patient })).toEqual({
      slope: null,
      intercept: null,
    });
  });
  test('but an intercept where all predictions are equal', () => {
    const outcome = Uint8Array.of(0, 1, 1, 1);
    const { slope, intercept } = calibrationLine({ outcome, probability: new Float64Array(4).fill(0.5), patient });
    expect(slope).toBeNull();
    expect(intercept?.value).toBeCloseTo(Math.log(3), 9);
  });
  test('of the slope where the predictions part the classes without overlap', () => {
    const outcome = Uint8Array.of(0, 0, 1, 1);
    const probability = Float64Array.of(0.1, 0.2, 0.2, 0.4);
    expect(calibrationLine({ outcome, probability, patient }).slope).toBeNull();
  });
});
