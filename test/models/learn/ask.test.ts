import { expect, test } from 'vitest';
import {
  boost,
  type Column,
  type Dataset,
  dataset,
  forest,
  type Model,
  type Task,
} from '../../../src/models/learn/index.js';
import type { TreeModel } from '../../../src/models/learn/tree-model.js';
import { turnsLeft } from '../../../src/models/learn/trees.js';
import { madeUp } from './data.js';

const tasks = ['regression', 'binary', 'multiclass'] as const;

/** Numbers with gaps and ends, one of few values, and a category of 200 levels of which each has an effect. */
function wide(rows: number, task: Task): Dataset {
  const base = madeUp(rows, task, 11);
  const [a, b] = base.columns;
  const codes = Int32Array.from({ length: rows }, (_, row) => (row % 17 === 0 ? -1 : (row * 7919) % 200));
  const ends = Float64Array.from(a!.values, (value, row) =>
    row % 23 === 0 ? Infinity : row % 29 === 0 ? -Infinity : value,
  );
  const columns: Column[] = [
    { name: 'ends', kind: 'number', values: ends },
    { name: 'few', kind: 'number', values: Float32Array.from(b!.values, (value) => Math.round(4 * value) / 4) },
    { name: 'code', kind: 'category', values: codes },
  ];
  const label = base.label.map((y, row) => {
    if (task === 'regression') return y + (codes[row]! % 5);
    return codes[row]! % 5 === 0 ? 1 - Math.min(y, 1) : y;
  });
  return dataset({ columns, label, task });
}

/** The sum over the trees, each walked from its root. */
function walked(model: Model, columns: readonly Column[]): Float64Array {
  const { trees, features, base, scale } = (model as TreeModel).parts;
  const rows = columns[0]!.values.length;
  const answers = new Float64Array(rows * model.outputs);
  trees.roots.forEach((root, tree) => {
    for (let row = 0; row < rows; row++) {
      let at = root;
      while (at >= 0) {
        const f = trees.feature[at]!;
        const value = columns[f]!.values[row]!;
        const { kind, codes } = features[f]!;
        const bin = codes.indexOf(value) < 0 ? codes.length : codes.indexOf(value);
        at = turnsLeft(trees, at, kind === 'category' ? bin : value) ? trees.left[at]! : trees.right[at]!;
      }
      for (let k = 0; k < trees.width; k++) {
        answers[row * model.outputs + (trees.width > 1 ? k : tree % model.outputs)]! +=
          trees.values[~at * trees.width + k]!;
      }
    }
  });
  return answers.map((sum, i) => base[i % model.outputs]! + scale * sum);
}

test.each(tasks)(
  '%s: trees answer the same sixteen rows at a time as walked, whatever model was asked before',
  async (task) => {
    const data = wide(700, task);
    const options = { minDataPerGroup: 3, catSmooth: 1, minDataInLeaf: 2, trees: 6 };
    const { model: boosted } = await boost(data, options);
    const { model: grown } = await forest(data, options);
    const { model: other } = await boost(madeUp(100, 'regression'), { trees: 2 });
    for (const rows of [1, 16, 127, 128, 129, 700]) {
      const few = data.columns.map((column): Column => ({ ...column, values: column.values.slice(0, rows) }));
      for (const model of [boosted, grown]) expect(model.margins(few)).toEqual(walked(model, few));
      other.margins(madeUp(5, 'regression').columns);
    }
  },
);

test('values at a cut, beside it, missing and beyond all turn as they do when walked', async () => {
  const { model } = await boost(wide(500, 'regression'), { trees: 8, minDataInLeaf: 1 });
  const { threshold, flags } = (model as TreeModel).parts.trees;
  const cuts = [...threshold].filter((cut, node) => !(flags[node]! & 1) && Number.isFinite(cut));
  const values = [...cuts.flatMap((cut) => [cut, cut - 1e-9, cut + 1e-9]), Number.NaN, Infinity, -Infinity, 0, -0];
  const columns: Column[] = [
    { name: 'ends', kind: 'number', values: Float64Array.from(values) },
    { name: 'few', kind: 'number', values: Float64Array.from(values.toReversed()) },
    { name: 'code', kind: 'category', values: Int32Array.from(values, (_, i) => (i % 230) - 2) },
  ];
  expect(model.margins(columns)).toEqual(walked(model, columns));
});

test('trees of more than 256 leaves, and of one, answer as walked', async () => {
  const large = wide(1500, 'regression');
  const { model: deep } = await boost(large, { trees: 2, maxLeaves: 400, minDataInLeaf: 1 });
  expect((deep as TreeModel).parts.trees.leafCount.length).toBeGreaterThan(600);
  const { model: flat } = await boost(large, { trees: 2, minDataInLeaf: 1000 });
  expect((flat as TreeModel).parts.trees.leafCount).toHaveLength(2);
  for (const model of [deep, flat]) expect(model.margins(large.columns)).toEqual(walked(model, large.columns));
});
