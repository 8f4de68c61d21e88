// The calibration of several classes by one number.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseClassCalibration } from '../../../src/models/calibrate/choose.js';
import { calibratedClasses, temperature } from '../../../src/models/calibrate/temperature.js';
import { drawing } from '../../../src/models/evaluate/random.js';
import { softmax } from '../../../src/models/learn/index.js';

const classes = 3;

/** Rows whose classes are drawn with the probabilities of `truth` × their log-odds. */
function drawn(truth: number, rows = 6000) {
  const random = drawing(5, 1);
  const uniform = () => random(2 ** 32) / 2 ** 32;
  const margin = Float64Array.from({ length: rows * classes }, () => 4 * uniform() - 2);
  const probability = softmax(
    margin.map((value) => truth * value),
    classes,
  );
  const outcome = Uint8Array.from({ length: rows }, (_, row) => {
    const at = uniform();
    const first = probability[row * classes] as number;
    return at < first ? 0 : at < first + (probability[row * classes + 1] as number) ? 1 : 2;
  });
  return { margin, outcome, fold: Int32Array.from({ length: rows }, (_, row) => row % 5) };
}

const lossOf = (slope: number, { margin, outcome }: ReturnType<typeof drawn>) => {
  const probability = calibratedClasses({ kind: 'temperature', slope }, margin, classes);
  return outcome.reduce((sum, happened, row) => sum - Math.log(probability[row * classes + happened] as number), 0);
};

test.each([0.3, 1, 2.5])('finds the slope of the truth, %d, and no other has a lower loss', (truth) => {
  const rows = drawn(truth);
  const { slope } = temperature(rows.margin, rows.outcome, classes);
  expect(slope / truth).toBeGreaterThan(0.9);
  expect(slope / truth).toBeLessThan(1.1);
  for (const other of [0.98 * slope, 1.02 * slope]) expect(lossOf(other, rows)).toBeGreaterThan(lossOf(slope, rows));
});

test('is applied where it helps and left out where it does not', () => {
  const [extreme, right] = [chooseClassCalibration(drawn(0.3), classes), chooseClassCalibration(drawn(1), classes)];
  expect(extreme.map).toMatchObject({ kind: 'temperature', slope: expect.closeTo(0.3, 1) });
  expect(extreme.tried.map(({ kind }) => kind)).toEqual(['none', 'temperature']);
  expect(right.map).toEqual({ kind: 'none' });
  expect(right.probability).toEqual(softmax(drawn(1).margin, classes));
});

test('keeps the order of the classes, and probabilities that sum to 1', () => {
  const row = fc.array(fc.double({ min: -30, max: 30, noNaN: true }), { minLength: classes, maxLength: classes });
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 100, noNaN: true }), row, (slope, values) => {
      const probability = calibratedClasses({ kind: 'temperature', slope }, Float64Array.from(values), classes);
      expect(probability.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9);
      for (const [at, value] of values.entries()) {
        for (const [other, less] of values.entries()) {
          if (less < value) expect(probability[other]).toBeLessThanOrEqual(probability[at] as number);
        }
      }
    }),
  );
});

test('has a finite slope where classes are told apart without a fault, and where nothing tells them apart', () => {
  const outcome = Uint8Array.of(0, 1, 2);
  const apart = Float64Array.of(5, 0, 0, 0, 5, 0, 0, 0, 5);
  expect(temperature(apart, outcome, classes).slope).toBeLessThanOrEqual(100);
  expect(temperature(new Float64Array(9), outcome, classes).slope).toBe(1);
});
