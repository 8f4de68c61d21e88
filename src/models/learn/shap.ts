// Exact Shapley values of trees, path-dependent (Lundberg, Erion, Lee 2018): a feature that is unknown is averaged over in the
// proportion in which training rows went either way. The same that LightGBM's pred_contrib gives, in time linear in the leaves.
//
// A leaf is reached, each feature on its path being known with probability t, with Π (one t + zero (1 − t)), where `zero` is
// the share of rows that go on without knowing the feature and `one` says whether the row itself does. A Shapley value is the
// integral over t of that product's slope by the feature (Owen 1972), a polynomial: Gauss's quadrature gives it exactly. A
// node's sum over its leaves serves all features above it (after Yu, Xu, Su, Yu, Xie 2022).
import { quadrature } from './quadrature.js';
import { follow, rowsOf, type Steps, stepsFor } from './steps.js';
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
  const steps = stepsFor(trees);
  const { prepare, explain } = explainer(trees, steps);
  trees.roots.forEach((root, tree) => {
    if (root < 0) return;
    follow(trees, root, steps);
    prepare();
    for (let row = from; row < to; row++) {
      const answer = row * outputs * (features + 1);
      const first = answer + (trees.width > 1 ? 0 : (tree % outputs) * (features + 1));
      explain(matrix, (row - from) * features, answers, first, features + 1);
    }
  });
}

/** How rows are explained by the tree that stands in `steps`, once it is prepared. */
function explainer(trees: Trees, steps: Steps) {
  const { at, parent, isLeft, before, zero } = steps;
  const { feature, values, width } = trees;
  let n = 0;
  let rule = quadrature(1);
  /**
   * At each point what a step does to a row that had not left its feature's way yet, once for those that leave it here and once
   * for those that do not: by what the product changes, and by what the integrand of the feature's part does.
   */
  let factors = new Float64Array(0);
  let slopes = factors;
  let inverse = factors;
  /** Of a row: the products down to each step, and the sums over the leaves below it. */
  let products = factors;
  let sums = factors;
  const one = new Uint8Array(at.length).fill(1, 0, 1);
  const turns = new Uint8Array(at.length);

  const takePoints = (): void => {
    // The slope's degree is one less than the number of features.
    const points = Math.ceil(steps.features / 2);
    if (points !== n) rule = quadrature(points);
    n = points;
    if (sums.length < at.length * n) {
      factors = new Float64Array(2 * at.length * n);
      slopes = new Float64Array(2 * at.length * n);
      inverse = new Float64Array(at.length * n);
      products = new Float64Array(at.length * n);
      sums = new Float64Array(at.length * n);
    }
    inverse.fill(1, 0, n);
    products.fill(1, 0, n);
  };

  const prepare = (): void => {
    takePoints();
    const { points, weights } = rule;
    for (let step = 1; step < steps.count; step++) {
      const share = zero[step]!;
      const shareBefore = zero[before[step]!]!;
      for (let q = 0; q < n; q++) {
        const t = points[q]!;
        const stays = t + share * (1 - t);
        const inverseBefore = inverse[before[step]! * n + q]!;
        const slopeBefore = (1 - shareBefore) * inverseBefore;
        const left = 2 * step * n + q;
        inverse[step * n + q] = 1 / stays;
        factors[left] = share * (1 - t) * inverseBefore;
        factors[left + n] = stays * inverseBefore;
        slopes[left] = weights[q]! * (-1 / (1 - t) - slopeBefore);
        slopes[left + n] = weights[q]! * ((1 - share) / stays - slopeBefore);
      }
    }
  };

  const down = (matrix: Float64Array, row: number): void => {
    turns[0] = turnsLeft(trees, at[0]!, matrix[row + feature[at[0]!]!]!) ? 1 : 0;
    for (let step = 1, own = n; step < steps.count; step++, own += n) {
      const node = at[step]!;
      const same = before[step]!;
      const above = parent[step]! * n;
      const stays = one[same]! & (turns[parent[step]!]! === isLeft[step] ? 1 : 0);
      one[step] = stays;
      if (one[same]) {
        const table = (2 * step + stays) * n;
        for (let q = 0; q < n; q++) products[own + q] = products[above + q]! * factors[table + q]!;
      } else {
        const again = zero[step]! / zero[same]!;
        for (let q = 0; q < n; q++) products[own + q] = products[above + q]! * again;
      }
      if (node >= 0) turns[step] = turnsLeft(trees, node, matrix[row + feature[node]!]!) ? 1 : 0;
    }
  };

  const up = (output: number, answers: Float64Array, first: number): void => {
    sums.fill(0, 0, steps.count * n);
    for (let step = steps.count - 1, own = step * n; step > 0; step--, own -= n) {
      const node = at[step]!;
      const above = parent[step]! * n;
      if (node < 0) {
        const value = values[~node * width + output]!;
        for (let q = 0; q < n; q++) sums[own + q] = value * products[own + q]!;
      }
      for (let q = 0; q < n; q++) sums[above + q]! += sums[own + q]!;
      // Where the row had left this feature's way before, knowing the feature changes nothing more.
      if (!one[before[step]!]) continue;
      const table = (2 * step + one[step]!) * n;
      let part = 0;
      for (let q = 0; q < n; q++) part += sums[own + q]! * slopes[table + q]!;
      answers[first + feature[at[parent[step]!]!]!]! += part;
    }
  };

  return {
    prepare,
    explain(matrix: Float64Array, row: number, answers: Float64Array, first: number, stride: number): void {
      down(matrix, row);
      for (let output = 0; output < width; output++) up(output, answers, first + output * stride);
    },
  };
}
