import { expect, test } from 'vitest';
import { boost, type Column, dataset, decode } from '../../../src/models/learn/index.js';
import { madeUp } from './data.js';

const tiny = (values: number[], label: number[]) =>
  dataset({
    columns: [{ name: 'x', kind: 'number', values: Float64Array.from(values) }],
    label: Float64Array.from(label),
    task: 'regression',
  });
const one = { trees: 1, learningRate: 1, minDataInLeaf: 1 };
const at = (x: number): Column[] => [{ name: 'x', kind: 'number', values: Float64Array.of(x) }];

test('a tree worked out by hand', async () => {
  // Mean 5; the best cut is between 2 and 10, with means 1 and 9.
  const { model } = await boost(tiny([1, 2, 10, 11], [0, 2, 8, 10]), { ...one, maxLeaves: 2 });
  expect([...model.margins(at(1))]).toEqual([1]);
  expect([...model.margins(at(6))]).toEqual([1]);
  expect([...model.margins(at(6.1))]).toEqual([9]);
  expect(model.importance()).toEqual([{ name: 'x', gain: 64, splits: 1 }]);
});

test('missing values go where they were found to belong, and with most rows where none were seen', async () => {
  const { model: seen } = await boost(tiny([1, 2, 10, 11, NaN, NaN], [0, 0, 9, 9, 9, 9]), { ...one, maxLeaves: 2 });
  expect(seen.margins(at(Number.NaN))[0]).toBeCloseTo(9, 6);
  const { model: unseen } = await boost(tiny([1, 2, 3, 11], [0, 0, 0, 8]), { ...one, maxLeaves: 2 });
  expect([...unseen.margins(at(Number.NaN))]).toEqual([0]);
});

test.each(['regression', 'binary', 'multiclass'] as const)(
  '%s: contributions add up, threads and keeping change nothing',
  async (task) => {
    const data = madeUp(600, task);
    const options = {
      trees: 12,
      minDataPerGroup: 5,
      rowSampling: 0.8,
      columnSampling: 0.75,
      validation: madeUp(200, task, 8),
    };
    const { model, history } = await boost(data, options);
    expect(history.validation.at(-1)).toBeLessThan(history.validation[0]!);
    const margins = model.margins(data.columns);
    const parts = model.contributions(data.columns);
    const width = model.features.length + 1;
    margins.forEach((margin, i) => {
      expect(parts.subarray(i * width, (i + 1) * width).reduce((a, b) => a + b)).toBeCloseTo(margin, 10);
    });
    const { model: again } = await boost(data, { ...options, threads: 2 });
    expect(Buffer.from(again.encode()).equals(Buffer.from(model.encode()))).toBe(true);
    expect(decode(model.encode()).margins(data.columns)).toEqual(margins);
  },
);

test('early stopping keeps the best round, and each round is told', async () => {
  const data = madeUp(300, 'binary');
  const validation = madeUp(300, 'binary', 8);
  const told: number[] = [];
  const { model, bestRound, history } = await boost(data, {
    trees: 400,
    learningRate: 0.4,
    validation,
    earlyStopping: 5,
    onProgress: ({ done, of, validationLoss }) => {
      expect(of).toBe(400);
      told[done - 1] = validationLoss!;
    },
  });
  expect(told).toEqual(history.validation);
  expect(told).toHaveLength(bestRound + 5);
  expect(Math.min(...told)).toBe(told[bestRound - 1]);
  const { model: cut } = await boost(data, { trees: bestRound, learningRate: 0.4 });
  expect(model.margins(validation.columns)).toEqual(cut.margins(validation.columns));
});

test('a signal stops the training', async () => {
  const stop = new AbortController();
  const training = boost(madeUp(300, 'binary'), {
    trees: 100_000,
    signal: stop.signal,
    onProgress: ({ done }) => {
      if (done === 3) stop.abort(new Error('enough'));
    },
  });
  await expect(training).rejects.toThrow('enough');
});
