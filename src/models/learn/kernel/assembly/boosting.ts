// What boosting works on: the task that TypeScript laid out, the leaves of the tree that grows, and how work is shared out.
import { Split, SPLIT } from './layout';

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
export class Leaf {
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

export function leafAt(task: Boosting, i: u32): Leaf {
  return changetype<Leaf>(task.leaves + <usize>i * LEAF);
}
export function splitOf(leaf: Leaf): Split {
  return changetype<Split>(changetype<usize>(leaf) + 64);
}

/** The part of 0..n that is this thread's: from `share(n, thread, threads)` to `share(n, thread + 1, threads)`. */
export function share(n: u32, thread: u32, threads: u32): u32 {
  return <u32>((<u64>n * thread) / threads);
}
