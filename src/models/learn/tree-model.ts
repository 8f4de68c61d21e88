// A model made of trees: its margin is a base and what one leaf of each tree says.
import { CarelakeError } from '../../errors.js';
import { align } from './columns.js';
import type { Column, Task } from './dataset.js';
import { packed } from './format.js';
import { asker } from './kernel/ask.js';
import { sigmoid, softmax } from './loss.js';
import type { Feature, Model } from './model.js';
import { addContributions, expectations } from './shap.js';
import { findLeaves, matrixOf, type Trees } from './trees.js';

export interface TreeFeature extends Feature {
  /** Of a category: the code of each bin. */
  readonly codes: Int32Array;
}

export interface TreeModelParts {
  readonly kind: 'boosting' | 'forest';
  readonly task: Task;
  readonly classes: number;
  readonly features: readonly TreeFeature[];
  readonly base: Float64Array;
  /** What the sum over the trees is multiplied by: of a forest, one by their number. */
  readonly scale: number;
  readonly trees: Trees;
}

export interface TreeModel extends Model {
  readonly parts: TreeModelParts;
}

/** Rows that are taken through one tree after another: few enough that they stay in the nearest cache. */
const BLOCK = 128;

export function treeModel(parts: TreeModelParts): TreeModel {
  const { kind, task, classes, features, trees, scale, base } = parts;
  const outputs = task === 'multiclass' ? classes : 1;

  const eachBlock = (
    columns: readonly Column[],
    rows: number,
    visit: (from: number, to: number, matrix: Float64Array) => void,
  ) => {
    const read = matrixOf(features, columns);
    const matrix = new Float64Array(BLOCK * features.length);
    for (let from = 0; from < rows; from += BLOCK) {
      const to = Math.min(from + BLOCK, rows);
      read(from, to, matrix);
      visit(from, to, matrix);
    }
  };

  /** Sums over the trees by walking each, row after row. */
  const walked = (columns: readonly Column[], rows: number): Float64Array => {
    const answers = new Float64Array(rows * outputs);
    const leaves = new Int32Array(BLOCK);
    eachBlock(columns, rows, (from, to, matrix) => {
      trees.roots.forEach((root, tree) => {
        findLeaves(trees, root, matrix, features.length, to - from, leaves);
        for (let row = from; row < to; row++) {
          const leaf = leaves[row - from]!;
          if (trees.width > 1) {
            for (let k = 0; k < outputs; k++) answers[row * outputs + k]! += trees.values[leaf * outputs + k]!;
          } else answers[row * outputs + (tree % outputs)]! += trees.values[leaf]!;
        }
      });
    });
    return answers;
  };

  let summed: typeof walked | undefined;

  const margins = (columns: readonly Column[]): Float64Array => {
    const given = align(features, columns);
    summed ??= asker(trees, features, outputs) ?? walked;
    const answers = summed(given.columns, given.rows);
    for (let i = 0; i < answers.length; i++) answers[i] = base[i % outputs]! + scale * answers[i]!;
    return answers;
  };

  /** Where contributions start from; the same for every question. */
  let expected: ReturnType<typeof expectations> | undefined;

  return {
    parts,
    kind,
    task,
    classes,
    features: features.map(({ name, kind }) => ({ name, kind })),
    outputs,
    margins,
    probabilities: (columns) => {
      if (task === 'regression')
        throw new CarelakeError('LEARN_TASK', 'A regression has no probabilities: ask its margins.');
      const answers = margins(columns);
      if (kind === 'forest') return answers;
      if (task === 'binary') return answers.map(sigmoid);
      return softmax(answers, classes);
    },
    contributions: (columns) => {
      const width = features.length + 1;
      const given = align(features, columns);
      const answers = new Float64Array(given.rows * outputs * width);
      expected ??= expectations(trees, outputs);
      const start = expected;
      eachBlock(given.columns, given.rows, (from, to, matrix) =>
        addContributions(trees, matrix, from, to, features.length, outputs, answers),
      );
      for (let i = 0; i < answers.length; i++) answers[i]! *= scale;
      for (let at = width - 1, i = 0; at < answers.length; at += width, i++) {
        answers[at] = base[i % outputs]! + scale * start[i % outputs]!;
      }
      return answers;
    },
    importance: () => {
      const gain = new Float64Array(features.length);
      const splits = new Float64Array(features.length);
      trees.feature.forEach((f, node) => {
        gain[f]! += trees.gain[node]!;
        splits[f]! += 1;
      });
      return features.map(({ name }, f) => ({ name, gain: gain[f]!, splits: splits[f]! }));
    },
    encode: () => {
      const { roots, feature, threshold, left, right, flags, sets, gain, count, leafCount, values, width } = trees;
      const head = {
        kind,
        task,
        classes,
        scale,
        width,
        features: features.map(({ name, kind, codes }) => ({
          name,
          kind,
          ...(codes.length ? { codes: [...codes] } : {}),
        })),
      };
      return packed(head, {
        base,
        roots,
        feature,
        threshold,
        left,
        right,
        flags,
        sets,
        gain,
        count,
        leafCount,
        values,
      });
    },
  };
}
