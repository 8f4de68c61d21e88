// Exact Shapley values of trees, path-dependent (Lundberg, Erion, Lee 2018, algorithm 2): a feature that is unknown is
// averaged over in the proportion in which training rows went either way. The same that LightGBM's pred_contrib gives.
import { type Trees, turnsLeft } from './trees.js';

/** For each output, the mean answer of the trees over the rows that they learnt from. */
export function expectations(trees: Trees, outputs: number): Float64Array {
  const sums = new Float64Array(outputs);
  trees.roots.forEach((root, tree) => {
    const mean = new Float64Array(trees.width);
    addMean(trees, root, 1, mean);
    if (trees.width === 1) sums[tree % outputs]! += mean[0]!;
    else
      mean.forEach((value, k) => {
        sums[k]! += value;
      });
  });
  return sums;
}

function addMean(trees: Trees, root: number, share: number, mean: Float64Array): void {
  const stack: [number, number][] = [[root, share]];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const [at, part] = next;
    if (at < 0) for (let k = 0; k < trees.width; k++) mean[k]! += part * trees.values[~at * trees.width + k]!;
    else
      for (const child of [trees.left[at]!, trees.right[at]!]) {
        stack.push([child, (part * rowsOf(trees, child)) / trees.count[at]!]);
      }
  }
}

const rowsOf = (trees: Trees, child: number): number => (child < 0 ? trees.leafCount[~child]! : trees.count[child]!);

const depths = new WeakMap<Trees, number>();

function depthOf(trees: Trees): number {
  const known = depths.get(trees);
  if (known !== undefined) return known;
  let deepest = 0;
  const stack: [number, number][] = Array.from(trees.roots, (root) => [root, 0]);
  for (let next = stack.pop(); next; next = stack.pop()) {
    const [at, depth] = next;
    deepest = Math.max(deepest, depth);
    if (at >= 0) stack.push([trees.left[at]!, depth + 1], [trees.right[at]!, depth + 1]);
  }
  depths.set(trees, deepest);
  return deepest;
}

/** Adds to `answers` (rows × outputs × (features + 1)) what each feature of rows from..to contributes. */
export function addContributions(
  trees: Trees,
  matrix: Float64Array,
  from: number,
  to: number,
  features: number,
  outputs: number,
  answers: Float64Array,
): void {
  const { feature, left, right, count, values, width } = trees;
  const levels = depthOf(trees) + 2;
  const size = (levels * (levels + 1)) / 2 + levels;
  // The path of the walk: for each feature on it, the share of rows that go on without (zero) and with (one) knowing it.
  const ids = new Int32Array(size);
  const zeros = new Float64Array(size);
  const ones = new Float64Array(size);
  const weights = new Float64Array(size);
  // At depth d, place i: (i + 1) / (d + 1) and (d - i) / (d + 1), and one by them.
  const up = new Float64Array(levels * levels);
  const down = new Float64Array(levels * levels);
  for (let d = 0; d < levels; d++) {
    for (let i = 0; i < d; i++) {
      up[d * levels + i] = (i + 1) / (d + 1);
      down[d * levels + i] = (d - i) / (d + 1);
    }
  }
  const upInverse = up.map((x) => 1 / x);
  const downInverse = down.map((x) => 1 / x);
  let row = 0;
  let answer = 0;
  let output = 0;

  const walk = (at: number, depth: number, parent: number, zero: number, one: number, id: number): void => {
    let path = parent;
    if (depth > 0) {
      path = parent + depth;
      for (let i = 0; i < depth; i++) {
        ids[path + i] = ids[parent + i]!;
        zeros[path + i] = zeros[parent + i]!;
        ones[path + i] = ones[parent + i]!;
        weights[path + i] = weights[parent + i]!;
      }
    }
    extend(path, depth, zero, one, id);
    if (at < 0) {
      const unknown = coldSum(path, depth);
      for (let i = 1; i <= depth; i++) {
        const zero = zeros[path + i]!;
        const scale = ones[path + i]! === 0 ? -unknown : hotSum(path, depth, zero) * (1 - zero);
        const place = answer + ids[path + i]!;
        if (width === 1) answers[place + output]! += scale * values[~at]!;
        else for (let k = 0; k < width; k++) answers[place + k * (features + 1)]! += scale * values[~at * width + k]!;
      }
      return;
    }
    const split = feature[at]!;
    const goes = turnsLeft(trees, at, matrix[row + split]!);
    const hot = goes ? left[at]! : right[at]!;
    const cold = goes ? right[at]! : left[at]!;
    const rows = count[at]!;
    let before = 1;
    while (before <= depth && ids[path + before] !== split) before++;
    let zeroBefore = 1;
    let oneBefore = 1;
    let length = depth;
    if (before <= depth) {
      zeroBefore = zeros[path + before]!;
      oneBefore = ones[path + before]!;
      unwind(path, depth, before);
      length = depth - 1;
    }
    walk(hot, length + 1, path, (zeroBefore * rowsOf(trees, hot)) / rows, oneBefore, split);
    walk(cold, length + 1, path, (zeroBefore * rowsOf(trees, cold)) / rows, 0, split);
  };

  // A feature that is known either leads here (one) or does not (zero), so that `one` is 1 or 0 and nothing between.
  const extend = (path: number, depth: number, zero: number, one: number, id: number): void => {
    ids[path + depth] = id;
    zeros[path + depth] = zero;
    ones[path + depth] = one;
    weights[path + depth] = depth === 0 ? 1 : 0;
    const table = depth * levels;
    for (let i = depth - 1; i >= 0; i--) {
      const weight = weights[path + i]!;
      if (one !== 0) weights[path + i + 1]! += weight * up[table + i]!;
      weights[path + i] = zero * weight * down[table + i]!;
    }
  };

  const unwind = (path: number, depth: number, index: number): void => {
    const hot = ones[path + index]! !== 0;
    const zero = zeros[path + index]!;
    const table = depth * levels;
    let next = weights[path + depth]!;
    for (let i = depth - 1; i >= 0; i--) {
      if (hot) {
        const old = weights[path + i]!;
        weights[path + i] = next / up[table + i]!;
        next = old - weights[path + i]! * zero * down[table + i]!;
      } else weights[path + i] = weights[path + i]! / (zero * down[table + i]!);
    }
    for (let i = index; i < depth; i++) {
      ids[path + i] = ids[path + i + 1]!;
      zeros[path + i] = zeros[path + i + 1]!;
      ones[path + i] = ones[path + i + 1]!;
    }
  };

  /** The weights summed as they were before a feature that leads here. */
  const hotSum = (path: number, depth: number, zero: number): number => {
    const table = depth * levels;
    let next = weights[path + depth]!;
    let total = 0;
    for (let i = depth - 1; i >= 0; i--) {
      const part = next * upInverse[table + i]!;
      total += part;
      next = weights[path + i]! - part * zero * down[table + i]!;
    }
    return total;
  };

  /** The same of one that leads away, times its zero share: whichever it is, the share cancels. */
  const coldSum = (path: number, depth: number): number => {
    const table = depth * levels;
    let total = 0;
    for (let i = depth - 1; i >= 0; i--) total += weights[path + i]! * downInverse[table + i]!;
    return total;
  };

  for (let r = from; r < to; r++) {
    row = (r - from) * features;
    answer = r * outputs * (features + 1);
    for (let tree = 0; tree < trees.roots.length; tree++) {
      output = (tree % outputs) * (features + 1);
      const root = trees.roots[tree]!;
      if (root >= 0) walk(root, 0, 0, 1, 1, -1);
    }
  }
}
