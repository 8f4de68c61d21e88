// An explanation sums to what it explains, whatever the algorithm and the calibration.
import { expect, test } from 'vitest';
import type { CalibrationMap } from '../../../src/models/calibrate/map.js';
import { logOdds } from '../../../src/models/evaluate/log-odds.js';
import { dataset } from '../../../src/models/learn/index.js';
import { explainedRows } from '../../../src/models/predict/explain.js';
import { algorithms } from '../../../src/models/train/algorithms.js';
import { logOddsOf } from '../../../src/models/train/log-odds.js';
import { madeUp } from '../train/made-up.js';

const maps: readonly CalibrationMap[] = [
  { kind: 'none' },
  { kind: 'platt', slope: 0.8, intercept: -0.3 },
  { kind: 'isotonic', margin: [-2, 0, 2], probability: [0.1, 0.3, 0.9] },
];
const { matrix } = madeUp(600);
const label = Float64Array.from(matrix.label);
const few = { trees: 10, travel: 1, learningRate: 0.1, minDataInLeaf: 10, featuresPerSplit: 2 };
const options = { seed: 1, threads: 1 };
const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

test.each(algorithms)('of a yes or no, by $name', async (algorithm) => {
  const model = await algorithm.fit(dataset({ columns: matrix.columns, label, task: 'binary' }), few, options);
  for (const map of maps) {
    for (const { probabilities, explained, contributions, base, calibration } of explainedRows(
      model,
      map,
      matrix.columns,
    )) {
      const sum = base + calibration + sumOf(contributions.map(({ contribution }) => contribution));
      expect(explained).toBe(1);
      expect(sum).toBeCloseTo(logOdds(probabilities[1] as number), 6);
    }
  }
});

test.each(algorithms.filter(({ name }) => name !== 'forest'))(
  'of the most probable of several classes, by $name',
  async (algorithm) => {
    const classes = label.map((own, row) => own + (row % 3 === 0 ? 1 : 0));
    const data = dataset({ columns: matrix.columns, label: classes, task: 'multiclass', classes: 3 });
    const model = await algorithm.fit(data, few, options);
    const margins = logOddsOf(model, matrix.columns);
    for (const map of [null, { kind: 'none' }, { kind: 'temperature', slope: 0.6 }] as const) {
      const slope = map?.kind === 'temperature' ? map.slope : 1;
      for (const [row, one] of explainedRows(model, map, matrix.columns).entries()) {
        expect(sumOf(one.probabilities)).toBeCloseTo(1, 9);
        expect(one.probabilities[one.explained]).toBe(Math.max(...one.probabilities));
        const sum = one.base + one.calibration + sumOf(one.contributions.map(({ contribution }) => contribution));
        expect(sum).toBeCloseTo(slope * (margins[row * 3 + one.explained] as number), 6);
      }
    }
  },
);
