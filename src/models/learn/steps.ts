// One tree as steps to be taken in order, for walks that visit all of it: a parent before its children, and for each step what
// the feature that leads to it did before.
import type { Trees } from './trees.js';

/** How many training rows came to a node, or ~leaf. */
export const rowsOf = (trees: Trees, child: number): number =>
  child < 0 ? trees.leafCount[~child]! : trees.count[child]!;

/** The nodes and leaves of one tree, a parent before its children, the root at 0. */
export interface Steps {
  count: number;
  /** Most different features on the way to a leaf. */
  features: number;
  /** The node, or ~leaf. */
  readonly at: Int32Array;
  readonly parent: Int32Array;
  readonly isLeft: Uint8Array;
  /** The last step above that was by the same feature as this one; the root where there is none. */
  readonly before: Int32Array;
  /** Share of rows that take all the steps by this one's feature down to here. */
  readonly zero: Float64Array;
}

/** Room for the largest of the trees. */
export function stepsFor(trees: Trees): Steps {
  let most = 1;
  trees.roots.forEach((root, tree) => {
    const end = trees.roots.subarray(tree + 1).find((next) => next >= 0) ?? trees.feature.length;
    if (root >= 0) most = Math.max(most, 2 * (end - root) + 1);
  });
  return {
    count: 0,
    features: 0,
    at: new Int32Array(most),
    parent: new Int32Array(most),
    isLeft: new Uint8Array(most),
    before: new Int32Array(most),
    zero: new Float64Array(most),
  };
}

/** Fills `steps` with the tree at `root`, which is a node. */
export function follow(trees: Trees, root: number, steps: Steps): void {
  const { feature, left, right, count } = trees;
  const { at, parent, isLeft, before, zero } = steps;
  const different = new Int32Array(at.length);
  at[0] = root;
  zero[0] = 1;
  steps.count = 1;
  steps.features = 0;
  // Children are put behind all that stand there already, so that a parent comes before them.
  for (let here = 0; here < steps.count; here++) {
    const node = at[here]!;
    if (node < 0) continue;
    const split = feature[node]!;
    let same = here;
    while (same > 0 && feature[at[parent[same]!]!] !== split) same = parent[same]!;
    for (const child of [left[node]!, right[node]!]) {
      const step = steps.count++;
      at[step] = child;
      parent[step] = here;
      isLeft[step] = child === left[node] ? 1 : 0;
      before[step] = same;
      zero[step] = (zero[same]! * rowsOf(trees, child)) / count[node]!;
      different[step] = different[here]! + (same === 0 ? 1 : 0);
      steps.features = Math.max(steps.features, different[step]!);
    }
  }
}
