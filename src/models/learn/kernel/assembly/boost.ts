// One round of gradient boosting, run by every thread alike: the columns are shared out among them, rows never,
// so that each sum is made by one thread in one order.
import { barrier } from './barrier';
import { Feature, FEATURE, Node, NODE, Rules, Split, SPLIT } from './layout';
import { accumulate, divide, leafOf, sides } from './rows';
import { findSplit } from './split';

@unmanaged
export class Boosting {
  threads: u32;
  barrier: usize;
  rows: u32;
  stride: u32;
  bins: usize;
  features: usize;
  used: usize;
  usedCount: u32;
  /** 0 squared error, 1 log loss, 2 softmax. */
  objective: u32;
  classes: u32;
  label: usize;
  weight: usize;
  scores: usize;
  probabilities: usize;
  pairs: usize;
  order: usize;
  sampled: u32;
  inBag: u32;
  spare: usize;
  histograms: usize;
  histogramBytes: u32;
  leaves: usize;
  maxLeaves: u32;
  maxDepth: u32;
  nodes: usize;
  values: usize;
  counts: usize;
  leafCount: usize;
  best: usize;
  scratch: usize;
  extremes: usize;
  validationRows: u32;
  validationBins: usize;
  validationScores: usize;
  rules: usize;
  stop: u32;
  small: i32;
  large: i32;
  unused: u32;
  learningRate: f64;
  gradientBits: i32;
  hessianBits: i32;
  maxWeight: f64;
}

/** A leaf of the tree that grows; its best split lies behind it. */
@unmanaged
class Leaf {
  begin: u32;
  count: u32;
  depth: u32;
  parent: i32;
  histogram: usize;
  open: u32;
  gradient: i64;
  hessian: i64;
  low: f64;
  high: f64;
  output: f64;
}
const LEAF: usize = 64 + SPLIT;

function leafAt(task: Boosting, i: u32): Leaf {
  return changetype<Leaf>(task.leaves + <usize>i * LEAF);
}
function splitOf(leaf: Leaf): Split {
  return changetype<Split>(changetype<usize>(leaf) + 64);
}

/** The part of 0..n that is this thread's: from `share(n, thread, threads)` to `share(n, thread + 1, threads)`. */
function share(n: u32, thread: u32, threads: u32): u32 {
  return <u32>((<u64>n * thread) / threads);
}

export function boostRound(at: usize, thread: u32): void {
  const task = changetype<Boosting>(at);
  const from = share(task.rows, thread, task.threads);
  const to = share(task.rows, thread + 1, task.threads);
  if (task.objective == 2) softmax(task, from, to);
  for (let k: u32 = 0; k < task.classes; k++) {
    if (!task.sampled) for (let i = from; i < to; i++) store<u32>(task.order + ((<usize>i) << 2), i);
    gradients(task, k, from, to, thread);
    grow(task, k, thread);
    score(task, k, thread);
    barrier(task.barrier, task.threads);
  }
}

function softmax(task: Boosting, from: u32, to: u32): void {
  const classes = task.classes;
  for (let i = from; i < to; i++) {
    const scores = task.scores + (((<usize>i) * classes) << 3);
    const out = task.probabilities + (((<usize>i) * classes) << 3);
    let top = load<f64>(scores);
    for (let k: u32 = 1; k < classes; k++) top = max(top, load<f64>(scores + ((<usize>k) << 3)));
    let sum: f64 = 0;
    for (let k: u32 = 0; k < classes; k++) {
      const e = Math.exp(load<f64>(scores + ((<usize>k) << 3)) - top);
      store<f64>(out + ((<usize>k) << 3), e);
      sum += e;
    }
    for (let k: u32 = 0; k < classes; k++) {
      store<f64>(out + ((<usize>k) << 3), load<f64>(out + ((<usize>k) << 3)) / sum);
    }
  }
}

/** 2^e as a number. */
function power(e: i32): f64 {
  return reinterpret<f64>((<i64>e + 1023) << 52);
}

/** Gradient and hessian of each row as whole numbers of a unit that is a power of two, side by side in eight bytes. */
function gradients(task: Boosting, k: u32, from: u32, to: u32, thread: u32): void {
  const rules = changetype<Rules>(task.rules);
  const classes = task.classes;
  let top = task.maxWeight;
  if (task.objective == 0) {
    let mine: f64 = 0;
    for (let i = from; i < to; i++) {
      const at = (<usize>i) << 3;
      mine = max(mine, abs(load<f64>(task.weight + at) * (load<f64>(task.scores + at) - load<f64>(task.label + at))));
    }
    store<f64>(task.extremes + ((<usize>thread) << 3), mine);
    barrier(task.barrier, task.threads);
    top = 0;
    for (let t: u32 = 0; t < task.threads; t++) top = max(top, load<f64>(task.extremes + ((<usize>t) << 3)));
  }
  const factor: f64 = task.objective == 2 ? <f64>classes / <f64>(classes - 1) : 1;
  const widest = task.objective == 0 ? task.maxWeight : task.maxWeight * factor * 0.25;
  const gBits = task.gradientBits - 1 - exponent(top);
  const hBits = task.hessianBits - 1 - exponent(widest);
  const gScale = power(gBits);
  const hScale = power(hBits);
  if (thread == 0) {
    rules.gradientUnit = power(-gBits);
    rules.hessianUnit = power(-hBits);
  }
  for (let i = from; i < to; i++) {
    const at = (<usize>i) << 3;
    const w = load<f64>(task.weight + at);
    const y = load<f64>(task.label + at);
    let g: f64;
    let h: f64;
    if (task.objective == 0) {
      g = w * (load<f64>(task.scores + at) - y);
      h = w;
    } else {
      let p: f64;
      let is: f64 = y;
      if (task.objective == 1) {
        p = 1 / (1 + Math.exp(-load<f64>(task.scores + at)));
      } else {
        p = load<f64>(task.probabilities + (((<usize>i) * classes + k) << 3));
        is = y == <f64>k ? 1 : 0;
      }
      g = w * (p - is);
      h = w * factor * p * (1 - p);
    }
    store<i64>(task.pairs + at, (<i64>nearest(g * gScale) << 32) | <i64>nearest(h * hScale));
  }
  barrier(task.barrier, task.threads);
}

/** The least e with x < 2^(e + 1). */
function exponent(x: f64): i32 {
  if (x == 0) return 0;
  return max(<i32>((reinterpret<u64>(x) >> 52) & 2047) - 1023, -900);
}

function grow(task: Boosting, k: u32, thread: u32): void {
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

/** Adds the new tree to the scores of all rows: those in the bag know their leaf, the others walk. */
function score(task: Boosting, k: u32, thread: u32): void {
  const nodes = task.nodes + <usize>k * task.maxLeaves * NODE;
  const values = task.values + (((<usize>k) * task.maxLeaves) << 3);
  const leaves = load<u32>(task.leafCount + ((<usize>k) << 2));
  const classes = <usize>task.classes;
  const bag = task.sampled ? task.inBag : task.rows;
  const from = share(bag, thread, task.threads);
  const to = share(bag, thread + 1, task.threads);
  for (let l: u32 = 0; l < leaves; l++) {
    const leaf = leafAt(task, l);
    const value = load<f64>(values + ((<usize>l) << 3));
    const end = min(to, leaf.begin + leaf.count);
    for (let i = max(from, leaf.begin); i < end; i++) {
      const row = <usize>load<u32>(task.order + ((<usize>i) << 2));
      const at = task.scores + ((row * classes + k) << 3);
      store<f64>(at, load<f64>(at) + value);
    }
  }
  const rest = task.rows - bag;
  const stop = bag + share(rest, thread + 1, task.threads);
  for (let i = bag + share(rest, thread, task.threads); i < stop; i++) {
    const row = <usize>load<u32>(task.order + ((<usize>i) << 2));
    walk(task, nodes, values, leaves, task.bins + row * task.stride, task.scores + ((row * classes + k) << 3));
  }
  const last = share(task.validationRows, thread + 1, task.threads);
  for (let row = <usize>share(task.validationRows, thread, task.threads); row < last; row++) {
    const at = task.validationScores + ((row * classes + k) << 3);
    walk(task, nodes, values, leaves, task.validationBins + row * task.stride, at);
  }
}

function walk(task: Boosting, nodes: usize, values: usize, leaves: u32, row: usize, at: usize): void {
  const leaf = leaves == 1 ? 0 : leafOf(nodes, task.features, row);
  store<f64>(at, load<f64>(at) + load<f64>(values + ((<usize>leaf) << 3)));
}
