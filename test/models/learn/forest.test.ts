import { expect, test } from 'vitest';
import { boost, dataset, decode, forest, permutationImportance } from '../../../src/models/learn/index.js';
import { madeUp } from './data.js';

const tasks = ['regression', 'binary', 'multiclass'] as const;

test('without bootstrap and over all columns, one tree learns by heart what can be told apart', async () => {
  const x = Float64Array.from({ length: 40 }, (_, i) => i);
  const label = Float64Array.from(x, (value) => (value * 7) % 3);
  const data = dataset({ columns: [{ name: 'x', kind: 'number', values: x }], label, task: 'multiclass' });
  const { model, outOfBag } = await forest(data, { trees: 1, bootstrap: false });
  label.forEach((y, row) => {
    expect([...model.probabilities(data.columns).subarray(row * 3, row * 3 + 3)]).toEqual(
      [0, 1, 2].map((k) => +(k === y)),
    );
  });
  expect(outOfBag.values.every(Number.isNaN)).toBe(true);
});

test.each(tasks)('%s: contributions add up, threads and keeping change nothing', async (task) => {
  const data = madeUp(400, task);
  const { model, outOfBag } = await forest(data, { trees: 15, minDataInLeaf: 3 });
  const margins = model.margins(data.columns);
  const parts = model.contributions(data.columns);
  const width = model.features.length + 1;
  margins.forEach((margin, i) => {
    expect(parts.subarray(i * width, (i + 1) * width).reduce((a, b) => a + b)).toBeCloseTo(margin, 10);
  });
  const again = await forest(data, { trees: 15, minDataInLeaf: 3, threads: 2 });
  expect(Buffer.from(again.model.encode()).equals(Buffer.from(model.encode()))).toBe(true);
  expect(again.outOfBag.values).toEqual(outOfBag.values);
  expect(decode(model.encode()).margins(data.columns)).toEqual(margins);
});

test.each(tasks)('%s: the loss out of the bag is about that on new data, and above that in the bag', async (task) => {
  const data = madeUp(3000, task);
  const { model, outOfBag } = await forest(data, { trees: 60, minDataInLeaf: 5 });
  const loss = (label: Float64Array, answers: Float64Array) => {
    let sum = 0;
    label.forEach((y, row) => {
      const p = task === 'multiclass' ? answers[row * 3 + y]! : answers[row]!;
      if (task === 'regression') sum += (y - p) ** 2;
      else sum -= Math.log(Math.max(task === 'binary' && y === 0 ? 1 - p : p, 1e-15));
    });
    return sum / label.length;
  };
  const fresh = madeUp(3000, task, 99);
  const outside = loss(fresh.label, model.margins(fresh.columns));
  expect(Math.abs(outOfBag.loss / outside - 1)).toBeLessThan(0.15);
  expect(outOfBag.loss).toBeGreaterThan(loss(data.label, model.margins(data.columns)));
});

test('what matters is found to matter, by gain and by shuffling, and noise is not', async () => {
  const data = madeUp(1500, 'binary');
  const fresh = madeUp(1500, 'binary', 99);
  for (const { model } of [await forest(data, { trees: 40, minDataInLeaf: 10 }), await boost(data, { trees: 40 })]) {
    const gain = Object.fromEntries(model.importance().map(({ name, gain }) => [name, gain]));
    expect(gain.a).toBeGreaterThan(2 * gain.noise!);
    const shuffled = Object.fromEntries(permutationImportance(model, fresh).map((each) => [each.name, each]));
    expect(shuffled.a!.loss).toBeGreaterThan(0.05);
    expect(shuffled.c!.loss).toBeGreaterThan(0.03);
    expect(Math.abs(shuffled.noise!.loss)).toBeLessThan(0.02);
  }
});
