// Calibration maps: what they are fitted to, that they ascend, that explanations add up, and which one is chosen.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseCalibration } from '../../../src/models/calibrate/choose.js';
import { logOddsPerProbability } from '../../../src/models/calibrate/explanation.js';
import { isotonic } from '../../../src/models/calibrate/isotonic.js';
import { type CalibrationMap, calibrated, calibratedAll } from '../../../src/models/calibrate/map.js';
import { platt } from '../../../src/models/calibrate/platt.js';
import { calibrationLine } from '../../../src/models/evaluate/calibration-line.js';
import { logOdds } from '../../../src/models/evaluate/log-odds.js';
import { logLossOf } from '../../../src/models/evaluate/losses.js';
import { drawing } from '../../../src/models/evaluate/random.js';
import { ours, reference } from '../evaluate/reference.js';

const margin = ours.probability.map(logOdds);
const points = fc
  .array(fc.tuple(fc.integer({ min: -6, max: 6 }), fc.integer({ min: 0, max: 1 })), { minLength: 1, maxLength: 9 })
  .map((rows) => ({
    margin: Float64Array.from(rows, ([at]) => at / 2),
    outcome: Uint8Array.from(rows, ([, event]) => event),
  }));

/** The least squares of any rising function: by the min-max formula (Barlow et al. 1972), which needs no pooling. */
function risingFit(margin: Float64Array, outcome: Uint8Array): Map<number, number> {
  const at = [...new Set(margin)].sort((a, b) => a - b);
  const mean = (from: number, to: number) => {
    const rows = [...outcome].filter((_, row) => (margin[row] as number) >= from && (margin[row] as number) <= to);
    return rows.reduce((sum, event) => sum + event, 0) / rows.length;
  };
  return new Map(
    at.map((own) => [
      own,
      Math.max(
        ...at
          .filter((from) => from <= own)
          .map((from) => Math.min(...at.filter((to) => to >= own).map((to) => mean(from, to)))),
      ),
    ]),
  );
}

describe('isotonic', () => {
  test('is that of scikit-learn, between its points and beyond them too', () => {
    const map = isotonic(margin, ours.outcome);
    for (const [at, probability] of reference.isotonic) {
      const clipped = Math.min(1 - 1e-6, Math.max(1e-6, probability));
      expect(calibrated(map, at).probability).toBeCloseTo(clipped, 9);
    }
  });
  test('has the least squares of all rising functions', () => {
    fc.assert(
      fc.property(points, ({ margin, outcome }) => {
        const map = isotonic(margin, outcome);
        for (const [at, share] of risingFit(margin, outcome)) {
          const clipped = Math.min(1 - 1e-6, Math.max(1e-6, share));
          expect(calibrated(map, at).probability).toBeCloseTo(clipped, 9);
        }
      }),
    );
  });
  test('of a single margin is its share everywhere', () => {
    expect(isotonic(Float64Array.of(2, 2, 2), Uint8Array.of(1, 0, 0))).toEqual({
      kind: 'isotonic',
      margin: [2],
      probability: [1 / 3],
    });
  });
  test('never falls', () => {
    fc.assert(
      fc.property(
        points,
        fc.double({ min: -5, max: 5, noNaN: true }),
        fc.double({ min: 0, max: 3, noNaN: true }),
        (rows, at, more) => {
          const map = isotonic(rows.margin, rows.outcome);
          expect(calibrated(map, at + more).probability).toBeGreaterThanOrEqual(
            calibrated(map, at).probability - 1e-15,
          );
        },
      ),
    );
  });
});

describe('Platt', () => {
  test('exists where the margins part the classes', () => {
    const { slope, intercept } = platt(Float64Array.of(-2, -1, 1, 2), Uint8Array.of(0, 0, 1, 1));
    // By symmetry the intercept is 0; the slope solves Σ x (t − p) = 0 with targets ¾ and ¼.
    expect(intercept).toBeCloseTo(0, 9);
    const p = (x: number) => 1 / (1 + Math.exp(-slope * x));
    expect(0.75 - p(1) + 2 * (0.75 - p(2))).toBeCloseTo(0, 9);
  });
  test('of margins that are all equal is the smoothed share', () => {
    const map = platt(Float64Array.of(3, 3, 3), Uint8Array.of(1, 0, 0));
    expect(map.slope).toBe(0);
    expect(calibrated(map, 3).probability).toBeCloseTo((2 / 3 + 2 * (1 / 4)) / 3, 12);
  });
});

describe('every map', () => {
  const maps = fc.oneof(
    fc.constant<CalibrationMap>({ kind: 'none' }),
    points.map(({ margin, outcome }): CalibrationMap => platt(margin, outcome)),
    points.map(({ margin, outcome }): CalibrationMap => isotonic(margin, outcome)),
  );
  const margins = fc.double({ min: -40, max: 40, noNaN: true });
  test('adds its entry to the margin, and gives a probability in [1e-6, 1 − 1e-6]', () => {
    fc.assert(
      fc.property(maps, margins, (map, at) => {
        const { probability, logOdds, entry } = calibrated(map, at);
        expect(at + entry).toBeCloseTo(logOdds, 9);
        expect(1 / (1 + Math.exp(-logOdds))).toBeCloseTo(probability, 12);
        expect(probability).toBeGreaterThanOrEqual(1e-6 - 1e-18);
        expect(probability).toBeLessThanOrEqual(1 - 1e-6 + 1e-15);
      }),
    );
  });
  test('is the same after a way through JSON', () => {
    fc.assert(
      fc.property(maps, margins, (map, at) => {
        expect(calibrated(JSON.parse(JSON.stringify(map)), at)).toEqual(calibrated(map, at));
      }),
    );
  });
});

describe('the choice', () => {
  /** Outcomes of which the true log-odds are `truth` of the margin. */
  function drawn(truth: (margin: number) => number, rows = 6000) {
    const random = drawing(5, 1);
    const uniform = () => random(2 ** 32) / 2 ** 32;
    const margin = Float64Array.from({ length: rows }, () => 6 * uniform() - 4);
    const outcome = Uint8Array.from(margin, (at) => (uniform() < 1 / (1 + Math.exp(-truth(at))) ? 1 : 0));
    return { margin, outcome, fold: Int32Array.from(margin, (_, row) => row % 5) };
  }
  const kind = (truth: (margin: number) => number) => chooseCalibration(drawn(truth)).map.kind;

  test('is none where probabilities are right', () => expect(kind((at) => at)).toBe('none'));
  test('is Platt’s where they are too far apart', () => expect(kind((at) => 0.4 * at - 0.5)).toBe('platt'));
  test('is isotonic where they are bent', () => expect(kind((at) => (at < -1 ? -3 : 2))).toBe('isotonic'));
  test('mends the slope on rows that it was not fitted to', () => {
    const rows = drawn((at) => 0.4 * at - 0.5);
    const patient = Int32Array.from(rows.margin.keys());
    const before = calibrationLine({ ...rows, probability: calibratedAll({ kind: 'none' }, rows.margin), patient });
    const { probability } = chooseCalibration(rows);
    const after = calibrationLine({ ...rows, probability, patient });
    expect(before.slope?.value).toBeLessThan(0.5);
    expect(after.slope?.value).toBeGreaterThan(0.95);
    expect(after.slope?.value).toBeLessThan(1.05);
  });
  test('predicts a row by the other folds: its own outcome does not move it', () => {
    const rows = drawn((at) => 0.4 * at - 0.5, 400);
    const own = chooseCalibration(rows);
    const flipped = chooseCalibration({ ...rows, outcome: rows.outcome.with(0, 1 - (rows.outcome[0] as number)) });
    expect(flipped.map.kind).toBe(own.map.kind);
    expect(flipped.probability[0]).toBe(own.probability[0]);
    expect(flipped.probability[1]).not.toBe(own.probability[1]);
  });
  test('needs two folds', () => {
    const rows = drawn((at) => at, 20);
    expect(() => chooseCalibration({ ...rows, fold: new Int32Array(20) })).toThrow('at least two folds; there is 1.');
  });
  test('lists what was tried with its loss', () => {
    const rows = drawn((at) => at);
    const { tried } = chooseCalibration(rows);
    expect(tried.map(({ kind }) => kind)).toEqual(['none', 'platt', 'isotonic']);
    const loss = rows.margin.reduce(
      (sum, at, row) => sum + logLossOf(rows.outcome[row] as number, 1 / (1 + Math.exp(-at))),
      0,
    );
    expect(tried[0]?.log_loss).toBeCloseTo(loss / rows.margin.length, 9);
  });
});

test('contributions to a probability become contributions to log-odds', () => {
  const [base, probability] = [0.2, 0.35];
  const parts = [0.1, -0.03, 0.08];
  const factor = logOddsPerProbability(probability, base);
  const sum = parts.reduce((total, part) => total + part * factor, logOdds(base));
  expect(sum).toBeCloseTo(logOdds(probability), 12);
  expect(logOddsPerProbability(0.2, 0.2)).toBeCloseTo(1 / (0.2 * 0.8), 12);
  expect(logOddsPerProbability(0.2 + 2e-9, 0.2)).toBeCloseTo(1 / (0.2 * 0.8), 5);
});
