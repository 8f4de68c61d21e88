// Calibration curve, decision curve, threshold table and ranking curves, computed by hand.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calibrationCurve } from '../../../src/models/evaluate/calibration-curve.js';
import { decisionCurve } from '../../../src/models/evaluate/decision-curve.js';
import { rankingCurve } from '../../../src/models/evaluate/ranking-curves.js';
import { thresholdTable } from '../../../src/models/evaluate/thresholds.js';

const outcome = Uint8Array.of(0, 0, 0, 1, 0, 1, 0, 1, 1, 1);
const probability = Float64Array.of(0.05, 0.1, 0.1, 0.2, 0.3, 0.3, 0.45, 0.6, 0.8, 0.9);

const rows = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 100 })), { minLength: 1, maxLength: 80 })
  .map((all) => ({
    outcome: Uint8Array.from(all, ([event]) => event),
    probability: Float64Array.from(all, ([, percent]) => percent / 100),
  }));

describe('calibration curve', () => {
  test('five bins of two, those of equal probability kept together', () => {
    const bins = calibrationCurve(outcome, probability, 5);
    expect(bins.map(({ rows, events }) => [rows, events])).toEqual([
      [3, 0],
      [3, 2],
      [2, 1],
      [2, 2],
    ]);
    expect(bins[1]?.predicted).toBeCloseTo(0.8 / 3, 12);
  });
  test('every row is in one bin, and bins ascend', () => {
    fc.assert(
      fc.property(rows, ({ outcome, probability }) => {
        const bins = calibrationCurve(outcome, probability);
        expect(bins.length).toBeLessThanOrEqual(10);
        expect(bins.reduce((sum, bin) => sum + bin.rows, 0)).toBe(outcome.length);
        for (const [number, bin] of bins.entries()) {
          if (number > 0) expect(bin.predicted).toBeGreaterThan(bins[number - 1]?.predicted as number);
        }
      }),
    );
  });
});

describe('decision curve', () => {
  test('at 0.30: 4 hits, 2 alarms at the price of 3/7', () => {
    const point = decisionCurve(outcome, probability)[29];
    expect(point?.threshold).toBe(0.3);
    expect(point?.net_benefit).toBeCloseTo((4 - (2 * 3) / 7) / 10, 12);
    expect(point?.treat_all).toBeCloseTo((5 - (5 * 3) / 7) / 10, 12);
  });
  test('at every threshold it is what counting says', () => {
    fc.assert(
      fc.property(rows, ({ outcome, probability }) => {
        for (const { threshold, net_benefit } of decisionCurve(outcome, probability)) {
          const alerted = [...outcome.keys()].filter((row) => (probability[row] as number) >= threshold);
          const hits = alerted.filter((row) => outcome[row] === 1).length;
          const benefit = (hits - ((alerted.length - hits) * threshold) / (1 - threshold)) / outcome.length;
          expect(net_benefit).toBeCloseTo(benefit, 12);
        }
      }),
    );
  });
});

describe('threshold table', () => {
  test('the top fifth: two alerts, both right', () => {
    expect(thresholdTable(outcome, probability, [0.2])).toEqual([
      {
        share: 0.2,
        threshold: 0.8,
        alerts_per_100: 20,
        sensitivity: 0.4,
        specificity: 1,
        ppv: 1,
        npv: 5 / 8,
        true_positives: 2,
        false_positives: 0,
        false_negatives: 3,
        true_negatives: 5,
      },
    ]);
  });
  test('a share that ends among equal probabilities alerts all of them', () => {
    const [row] = thresholdTable(outcome, probability, [0.5]);
    expect(row).toMatchObject({ threshold: 0.3, alerts_per_100: 60, true_positives: 4, false_positives: 2 });
  });
  test('each confusion matrix adds up', () => {
    fc.assert(
      fc.property(rows, ({ outcome, probability }) => {
        const table = thresholdTable(outcome, probability);
        expect(table.map(({ share }) => share)).toEqual([0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5]);
        for (const row of table) {
          const { true_positives, false_positives, false_negatives, true_negatives } = row;
          expect(true_positives + false_positives + false_negatives + true_negatives).toBe(outcome.length);
          expect(row.alerts_per_100).toBeGreaterThanOrEqual(100 * row.share - 1e-6);
        }
      }),
    );
  });
});

describe('ranking curve', () => {
  test('goes from the highest probability to all rows', () => {
    const points = rankingCurve(outcome, probability);
    expect(points[0]).toEqual({ alerted: 0.1, sensitivity: 0.2, false_positive_rate: 0, precision: 1 });
    expect(points.at(-1)).toEqual({ alerted: 1, sensitivity: 1, false_positive_rate: 1, precision: 0.5 });
    expect(points.length).toBe(8);
  });
  test('is thinned where there are many rows', () => {
    const many = Float64Array.from({ length: 5000 }, (_, row) => row / 5000);
    const points = rankingCurve(
      Uint8Array.from(many, (_, row) => row % 2),
      many,
    );
    expect(points.length).toBeLessThanOrEqual(201);
    expect(points.at(-1)?.alerted).toBe(1);
  });
});
