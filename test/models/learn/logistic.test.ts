import { expect, test } from 'vitest';
import { dataset, decode, logistic } from '../../../src/models/learn/index.js';
import { madeUp } from './data.js';

test('one input that is 0 or 1: the odds are those that were counted', async () => {
  // 1 of 4 where x = 0, 3 of 4 where x = 1.
  const x = [0, 0, 0, 0, 1, 1, 1, 1];
  const data = dataset({
    columns: [{ name: 'x', kind: 'number', values: Float64Array.from(x) }],
    label: Float64Array.from([1, 0, 0, 0, 1, 1, 1, 0]),
    task: 'binary',
  });
  const { model, converged } = await logistic(data, { l2: 0, tolerance: 1e-10 });
  expect(converged).toBe(true);
  const p = model.probabilities(data.columns);
  expect(p[0]).toBeCloseTo(0.25, 8);
  expect(p[7]).toBeCloseTo(0.75, 8);
});

test.each(['binary', 'multiclass'] as const)(
  '%s: contributions add up to the margin, and a kept model answers the same',
  async (task) => {
    const data = madeUp(500, task);
    const { model, converged, gradientNorm } = await logistic(data);
    expect(converged).toBe(true);
    expect(gradientNorm).toBeLessThanOrEqual(1e-6);
    const margins = model.margins(data.columns);
    const parts = model.contributions(data.columns);
    const width = model.features.length + 1;
    margins.forEach((margin, i) => {
      expect(parts.subarray(i * width, (i + 1) * width).reduce((a, b) => a + b)).toBeCloseTo(margin, 10);
    });
    expect(decode(model.encode()).margins(data.columns)).toEqual(margins);
  },
);
