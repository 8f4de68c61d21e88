// A model of trees in LightGBM's text format (version 4), which LightGBM and what reads its models can load.
import { CarelakeError } from '../../errors.js';
import type { Model } from './model.js';
import type { TreeModel, TreeModelParts } from './tree-model.js';
import { CATEGORY, MISSING_LEFT, SET_WORDS, type Trees } from './trees.js';

/** The decision_type of LightGBM: a category, the missing go left, and NaN is what is missing. */
const IS_CATEGORY = 1;
const DEFAULT_LEFT = 2;
const MISSING_IS_NAN = 8;

/**
 * LightGBM predicts the same from it: of a forest, its values as they are (class 1's probability, or each class's).
 * Categories are the codes that were trained on; names of columns lose what LightGBM does not allow in them.
 * @throws LEARN_TASK of a logistic regression.
 */
export function lightgbmText(model: Model): string {
  if (!('parts' in model)) throw new CarelakeError('LEARN_TASK', 'A logistic regression has no trees to export.');
  const { parts } = model as TreeModel;
  const { features, trees } = parts;
  const outputs = model.outputs;
  // A forest's tree of several classes answers them all; LightGBM has one tree for each.
  const copies = trees.width;
  const blocks: string[] = [];
  trees.roots.forEach((root, tree) => {
    for (let k = 0; k < copies; k++) {
      const output = copies > 1 ? k : tree % outputs;
      const first = copies > 1 ? tree === 0 : tree < outputs;
      const value = (leaf: number) =>
        parts.scale * trees.values[leaf * copies + k]! + (first ? parts.base[output]! : 0);
      blocks.push(`Tree=${blocks.length}\n${treeText(trees, root, parts, value)}\n\n`);
    }
  });
  const head = [
    'tree',
    'version=v4',
    `num_class=${outputs}`,
    `num_tree_per_iteration=${outputs}`,
    'label_index=0',
    `max_feature_idx=${features.length - 1}`,
    `objective=${objective(parts, outputs)}`,
    `feature_names=${features.map(({ name }) => name.replace(/[\s[\]{}",:]+/g, '_')).join(' ')}`,
    `feature_infos=${features.map(({ kind, codes }) => (kind === 'category' ? [...codes].join(':') || 'none' : '[-inf:inf]')).join(' ')}`,
    `tree_sizes=${blocks.map((block) => Buffer.byteLength(block)).join(' ')}`,
  ].join('\n');
  return `${head}\n\n${blocks.join('')}end of trees\n\nfeature_importances:\n\nparameters:\nend of parameters\n\npandas_categorical:null\n`;
}

function objective({ kind, task }: TreeModelParts, outputs: number): string {
  if (kind === 'boosting' && task === 'binary') return 'binary sigmoid:1';
  if (kind === 'boosting' && task === 'multiclass') return `multiclass num_class:${outputs}`;
  return 'regression';
}

function treeText(trees: Trees, root: number, { features }: TreeModelParts, value: (leaf: number) => number): string {
  const nodes: number[] = [];
  const leaves: number[] = [];
  const place = new Map<number, number>();
  const stack = [root];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const list = at < 0 ? leaves : nodes;
    place.set(at, at < 0 ? ~list.length : list.length);
    list.push(at);
    if (at >= 0) stack.push(trees.right[at]!, trees.left[at]!);
  }
  const sets: number[][] = [];
  const thresholds = nodes.map((at) => {
    if (!(trees.flags[at]! & CATEGORY)) return real(trees.threshold[at]!);
    sets.push(bitset(trees, at, features[trees.feature[at]!]!.codes));
    return String(sets.length - 1);
  });
  const boundaries = [0];
  for (const set of sets) boundaries.push(boundaries.at(-1)! + set.length);
  const line = (name: string, values: readonly (string | number)[]) => `${name}=${values.join(' ')}`;
  const decision = (at: number) => {
    const flags = trees.flags[at]!;
    return MISSING_IS_NAN | (flags & CATEGORY ? IS_CATEGORY : 0) | (flags & MISSING_LEFT ? DEFAULT_LEFT : 0);
  };
  return [
    `num_leaves=${leaves.length}`,
    `num_cat=${sets.length}`,
    ...(nodes.length > 0
      ? [
          line(
            'split_feature',
            nodes.map((at) => trees.feature[at]!),
          ),
          line(
            'split_gain',
            nodes.map((at) => real(trees.gain[at]!)),
          ),
          line('threshold', thresholds),
          line('decision_type', nodes.map(decision)),
          line(
            'left_child',
            nodes.map((at) => place.get(trees.left[at]!)!),
          ),
          line(
            'right_child',
            nodes.map((at) => place.get(trees.right[at]!)!),
          ),
        ]
      : []),
    line(
      'leaf_value',
      leaves.map((at) => real(value(~at))),
    ),
    line(
      'leaf_weight',
      leaves.map((at) => trees.leafCount[~at]!),
    ),
    line(
      'leaf_count',
      leaves.map((at) => trees.leafCount[~at]!),
    ),
    line(
      'internal_value',
      nodes.map(() => 0),
    ),
    line(
      'internal_weight',
      nodes.map((at) => trees.count[at]!),
    ),
    line(
      'internal_count',
      nodes.map((at) => trees.count[at]!),
    ),
    ...(sets.length > 0 ? [line('cat_boundaries', boundaries), line('cat_threshold', sets.flat())] : []),
    'is_linear=0',
    'shrinkage=1',
  ].join('\n');
}

/** Which codes go left, 32 to a word. */
function bitset(trees: Trees, at: number, codes: Int32Array): number[] {
  const words: number[] = [];
  const from = trees.threshold[at]! * SET_WORDS;
  codes.forEach((code, bin) => {
    if (((trees.sets[from + (bin >> 5)]! >>> (bin & 31)) & 1) === 0) return;
    while (words.length <= code >> 5) words.push(0);
    words[code >> 5] = (words[code >> 5]! | (1 << (code & 31))) >>> 0;
  });
  return words.length > 0 ? words : [0];
}

/** The shortest text that is read back as the same number; LightGBM knows no infinity. */
const real = (x: number): string =>
  Number.isFinite(x) ? String(x) : x > 0 ? '1.7976931348623157e+308' : '-1.7976931348623157e+308';
