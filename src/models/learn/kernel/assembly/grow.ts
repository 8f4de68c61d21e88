// One tree of a round: the columns are shared out among the threads, rows never, so that each sum is made by one thread in one
// order.
import { barrier } from './barrier';
import { Boosting, Leaf, leafAt, share, splitOf } from './boosting';
import { Feature, FEATURE, Node, NODE, Rules, Split, SPLIT } from './layout';
import { accumulate, divide, sides } from './rows';
import { findSplit } from './split';

/** Grows one tree leaf by leaf, the one that gains most first; its nodes and values are then in the task's memory. */
export function grow(task: Boosting, k: u32, thread: u32): void {
  const rules = changetype<Rules>(task.rules);
  const nodes = task.nodes + <usize>k * task.maxLeaves * NODE;
  const values = task.values + (((<usize>k) * task.maxLeaves) << 3);
  const counts = task.counts + (((<usize>k) * task.maxLeaves) << 2);
  const leafCount = task.leafCount + ((<usize>k) << 2);
  if (thread == 0) {
    const root = leafAt(task, 0);
    root.begin = 0;
    root.count = task.sampled ? task.inBag : task.rows;
    root.depth = 0;
    root.parent = -1;
    root.histogram = task.histograms;
    root.low = -Infinity;
    root.high = Infinity;
    let g: i64 = 0;
    let hc: i64 = 0;
    for (let i: u32 = 0; i < root.count; i++) {
      const pair = load<i64>(task.pairs + ((<usize>load<u32>(task.order + ((<usize>i) << 2))) << 3));
      g += pair >> 32;
      hc += ((pair & 0xffffffff) << rules.countBits) + 1;
    }
    root.gradient = g;
    root.hessian = hc;
    root.output = 0;
    store<u32>(leafCount, 1);
    task.stop = 0;
    task.small = 0;
    task.large = -1;
    prepare(task, 0);
  }
  barrier(task.barrier, task.threads);
  while (true) {
    search(task, thread);
    barrier(task.barrier, task.threads);
    if (thread == 0) advance(task, nodes, leafCount);
    barrier(task.barrier, task.threads);
    if (task.stop) break;
  }
  if (thread == 0) {
    const n = load<u32>(leafCount);
    for (let i: u32 = 0; i < n; i++) {
      const leaf = leafAt(task, i);
      store<f64>(values + ((<usize>i) << 3), leaf.output * task.learningRate);
      store<u32>(counts + ((<usize>i) << 2), leaf.count);
    }
  }
  barrier(task.barrier, task.threads);
}

/** Says whether a leaf may be split at all, and forgets each thread's find. */
function prepare(task: Boosting, i: u32): void {
  const rules = changetype<Rules>(task.rules);
  const leaf = leafAt(task, i);
  leaf.open = <u32>(leaf.count >= 2 * rules.minData && leaf.depth < task.maxDepth);
  splitOf(leaf).gain = 0;
}

/** This thread's columns: the histograms of the new leaves, and the best split of each. */
function search(task: Boosting, thread: u32): void {
  const rules = changetype<Rules>(task.rules);
  const from = share(task.usedCount, thread, task.threads);
  const to = share(task.usedCount, thread + 1, task.threads);
  const small = leafAt(task, task.small);
  const pair = task.large >= 0;
  const anyOpen = small.open || (pair && leafAt(task, task.large).open);
  const mine = task.best + <usize>thread * 2 * SPLIT;
  changetype<Split>(mine).gain = 0;
  changetype<Split>(mine + SPLIT).gain = 0;
  if (!anyOpen) return;
  accumulate(
    task.bins,
    task.stride,
    task.pairs,
    rules.countBits,
    task.order + ((<usize>small.begin) << 2),
    small.count,
    task.features,
    task.used,
    from,
    to,
    small.histogram,
  );
  for (let k = from; k < to; k++) {
    const id = load<u32>(task.used + ((<usize>k) << 2));
    const feature = changetype<Feature>(task.features + <usize>id * FEATURE);
    if (pair) {
      const large = leafAt(task, task.large);
      subtract(large.histogram + feature.offset, small.histogram + feature.offset, feature.bins);
      if (large.open) find(task, rules, large, feature, id, thread, mine + SPLIT);
    }
    if (small.open) find(task, rules, small, feature, id, thread, mine);
  }
}

function find(task: Boosting, rules: Rules, leaf: Leaf, feature: Feature, id: u32, thread: u32, into: usize): void {
  const scratch = task.scratch + <usize>thread * 4096;
  const histogram = leaf.histogram + feature.offset;
  const best = changetype<Split>(into);
  findSplit(rules, feature, id, histogram, leaf.gradient, leaf.hessian, leaf.low, leaf.high, scratch, best);
}

function subtract(from: usize, what: usize, bins: u32): void {
  for (let b: u32 = 0; b < bins; b++) {
    const at = (<usize>b) << 4;
    v128.store(from + at, i64x2.sub(v128.load(from + at), v128.load(what + at)));
  }
}

/** Takes over what the threads found for leaf i; the earlier thread has the earlier columns and wins a tie. */
function collect(task: Boosting, i: i32, place: usize): void {
  if (i < 0) return;
  const split = splitOf(leafAt(task, i));
  for (let t: u32 = 0; t < task.threads; t++) {
    const found = changetype<Split>(task.best + (<usize>t * 2 + place) * SPLIT);
    if (found.gain > split.gain) memory.copy(changetype<usize>(split), changetype<usize>(found), SPLIT);
  }
}

/** Splits the leaf that gains most, or says that the tree is finished. */
function advance(task: Boosting, nodes: usize, leafCount: usize): void {
  collect(task, task.small, 0);
  collect(task, task.large, 1);
  const n = load<u32>(leafCount);
  let chosen: i32 = -1;
  let gain: f64 = 0;
  if (n < task.maxLeaves) {
    for (let i: u32 = 0; i < n; i++) {
      const split = splitOf(leafAt(task, i));
      if (split.gain > gain) {
        gain = split.gain;
        chosen = i;
      }
    }
  }
  if (chosen < 0) {
    task.stop = 1;
    return;
  }
  const leaf = leafAt(task, chosen);
  const split = splitOf(leaf);
  const right = leafAt(task, n);
  const feature = changetype<Feature>(task.features + <usize>split.feature * FEATURE);
  writeNode(nodes, n - 1, leaf, split, chosen, n);
  sides(split, feature, task.scratch);
  const first = task.order + ((<usize>leaf.begin) << 2);
  const left = divide(first, leaf.count, task.bins + split.feature, task.stride, task.scratch, task.spare);

  right.begin = leaf.begin + left;
  right.count = leaf.count - left;
  leaf.count = left;
  leaf.depth += 1;
  right.depth = leaf.depth;
  leaf.parent = right.parent = n - 1;
  right.gradient = leaf.gradient - split.leftGradient;
  right.hessian = leaf.hessian - split.leftHessian;
  leaf.gradient = split.leftGradient;
  leaf.hessian = split.leftHessian;
  leaf.output = split.leftOutput;
  right.output = split.rightOutput;
  right.low = leaf.low;
  right.high = leaf.high;
  if (feature.monotone != 0) {
    const middle = (leaf.output + right.output) / 2;
    if (feature.monotone > 0) {
      leaf.high = middle;
      right.low = middle;
    } else {
      leaf.low = middle;
      right.high = middle;
    }
  }
  const fresh = task.histograms + <usize>n * task.histogramBytes;
  if (leaf.count <= right.count) {
    right.histogram = leaf.histogram;
    leaf.histogram = fresh;
    task.small = chosen;
    task.large = n;
  } else {
    right.histogram = fresh;
    task.small = n;
    task.large = chosen;
  }
  prepare(task, chosen);
  prepare(task, n);
  store<u32>(leafCount, n + 1);
  if (n + 1 == task.maxLeaves) task.stop = 1;
}

function writeNode(nodes: usize, at: u32, leaf: Leaf, split: Split, left: u32, right: u32): void {
  const node = changetype<Node>(nodes + <usize>at * NODE);
  node.gain = split.gain;
  node.feature = split.feature;
  node.bin = split.bin;
  node.missingLeft = split.missingLeft;
  node.category = split.category;
  node.count = leaf.count;
  memory.copy(
    changetype<usize>(node) + offsetof<Node>('mask0'),
    changetype<usize>(split) + offsetof<Split>('mask0'),
    32,
  );
  node.left = ~(<i32>left);
  node.right = ~(<i32>right);
  if (leaf.parent >= 0) {
    const parent = changetype<Node>(nodes + <usize>leaf.parent * NODE);
    if (parent.left == node.left) parent.left = at;
    else parent.right = at;
  }
}
