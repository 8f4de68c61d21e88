import { expect, test } from 'vitest';
import { boost, type Column, dataset, forest, type Model } from '../../../src/models/learn/index.js';
import { quadrature } from '../../../src/models/learn/quadrature.js';
import type { TreeModel } from '../../../src/models/learn/tree-model.js';
import { type Trees, turnsLeft } from '../../../src/models/learn/trees.js';
import { madeUp } from './data.js';

/** What the trees answer, an unknown feature being averaged over by the rows that went either way. */
function expected(trees: Trees, row: readonly number[], known: number, outputs: number): Float64Array {
  const answers = new Float64Array(outputs);
  const rows = (child: number) => (child < 0 ? trees.leafCount[~child]! : trees.count[child]!);
  const visit = (at: number, share: number, tree: number): void => {
    if (at < 0) {
      for (let k = 0; k < trees.width; k++) {
        answers[trees.width > 1 ? k : tree % outputs]! += share * trees.values[~at * trees.width + k]!;
      }
      return;
    }
    const [left, right, feature] = [trees.left[at]!, trees.right[at]!, trees.feature[at]!];
    if (known & (1 << feature)) visit(turnsLeft(trees, at, row[feature]!) ? left : right, share, tree);
    else for (const child of [left, right]) visit(child, (share * rows(child)) / trees.count[at]!, tree);
  };
  trees.roots.forEach((root, tree) => {
    visit(root, 1, tree);
  });
  return answers;
}

/** Shapley's definition (1953): over all sets of other features, weighted by the orders in which they come first. */
function byDefinition(model: Model, row: readonly number[]): number[] {
  const { trees, scale } = (model as TreeModel).parts;
  const n = row.length;
  const factorial = (x: number): number => (x < 2 ? 1 : x * factorial(x - 1));
  const size = (set: number) => set.toString(2).replaceAll('0', '').length;
  const answers = Array.from({ length: 2 ** n }, (_, set) => expected(trees, row, set, model.outputs));
  return Array.from({ length: model.outputs }, (_, k) =>
    Array.from({ length: n }, (_, feature) =>
      answers.reduce((sum, without, set) => {
        if (set & (1 << feature)) return sum;
        const weight = (factorial(size(set)) * factorial(n - size(set) - 1)) / factorial(n);
        return sum + scale * weight * (answers[set | (1 << feature)]![k]! - without[k]!);
      }, 0),
    ),
  ).flat();
}

test.each(['regression', 'binary', 'multiclass'] as const)('%s: contributions are Shapley values', async (task) => {
  const data = madeUp(300, task);
  const codes = (model: Model) => (model as TreeModel).parts.features[2]!.codes;
  for (const { model } of [
    await boost(data, { trees: 4, minDataInLeaf: 3, minDataPerGroup: 5 }),
    await forest(data, { trees: 3 }),
  ]) {
    const parts = model.contributions(data.columns);
    const width = model.features.length + 1;
    for (let row = 0; row < 12; row++) {
      const values = data.columns.map(({ values }, f) => {
        if (f !== 2) return values[row]!;
        const bin = codes(model).indexOf(values[row]!);
        return bin < 0 ? codes(model).length : bin;
      });
      const ours = Array.from(parts.subarray(row * model.outputs * width, (row + 1) * model.outputs * width));
      const theirs = byDefinition(model, values);
      const base = width - 1;
      ours
        .filter((_, i) => i % width !== base)
        .forEach((part, i) => {
          expect(part).toBeCloseTo(theirs[i]!, 12);
        });
    }
  }
});

test.each([
  ['one column', 1],
  ['columns that all differ', 30],
])('contributions of a path of thirty steps by %s add up', async (_, width) => {
  // Each step takes the largest label away: by the value of the one column, or by a column that marks where it is.
  const rows = 31;
  const columns = Array.from({ length: width }, (_, f): Column => {
    const values = Float64Array.from({ length: rows }, (_, row) => (width === 1 ? row : Number(row > f)));
    return { name: `x${f}`, kind: 'number', values };
  });
  const label = Float64Array.from({ length: rows }, (_, row) => 1.5 ** row);
  const data = dataset({ columns, label, task: 'regression' });
  const { model } = await boost(data, { trees: 1, learningRate: 1, minDataInLeaf: 1, maxLeaves: rows });
  expect((model as TreeModel).parts.trees.leafCount).toHaveLength(rows);
  const parts = model.contributions(columns);
  model.margins(columns).forEach((margin, row) => {
    const sum = parts.subarray(row * (width + 1), (row + 1) * (width + 1)).reduce((a, b) => a + b);
    expect(Math.abs(sum - margin) / label[rows - 1]!).toBeLessThan(1e-14);
  });
});

test.each([1, 2, 5, 16, 60])('%i points integrate every power below twice their number', (n) => {
  const { points, weights } = quadrature(n);
  for (let power = 0; power < 2 * n; power++) {
    const sum = points.reduce((total, t, i) => total + weights[i]! * t ** power, 0);
    expect(sum * (power + 1)).toBeCloseTo(1, 12);
  }
});
