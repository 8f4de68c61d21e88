// The records of assembly/layout.ts and of its tasks, field by field in the same order.
import { layout } from './memory.js';

export const FEATURE = layout({ bins: 'u32', offset: 'u32', category: 'u32', monotone: 'i32' });

export const RULES = layout({
  minData: 'u32',
  maxCatThreshold: 'u32',
  minDataPerGroup: 'u32',
  maxCatToOneHot: 'u32',
  constrained: 'u32',
  countBits: 'u32',
  minHessian: 'f64',
  minGain: 'f64',
  l2: 'f64',
  catSmooth: 'f64',
  catL2: 'f64',
  gradientUnit: 'f64',
  hessianUnit: 'f64',
});

export const SPLIT_SIZE = 88;
export const LEAF_SIZE = 64 + SPLIT_SIZE;
/** What the search for a split by a category needs beside the histogram, for each thread. */
export const SCRATCH_SIZE = 4096;

/** A place on the stack of a growing tree. */
export const OPEN_SIZE = 16;

export const NODE = layout({
  gain: 'f64',
  feature: 'i32',
  bin: 'u32',
  left: 'i32',
  right: 'i32',
  count: 'u32',
  missingLeft: 'u32',
  category: 'u32',
  unused: 'u32',
  mask: 'mask',
});

export const BOOSTING = layout({
  threads: 'u32',
  barrier: 'u32',
  rows: 'u32',
  stride: 'u32',
  bins: 'u32',
  features: 'u32',
  used: 'u32',
  usedCount: 'u32',
  objective: 'u32',
  classes: 'u32',
  label: 'u32',
  weight: 'u32',
  scores: 'u32',
  probabilities: 'u32',
  pairs: 'u32',
  order: 'u32',
  sampled: 'u32',
  inBag: 'u32',
  spare: 'u32',
  histograms: 'u32',
  histogramBytes: 'u32',
  leaves: 'u32',
  maxLeaves: 'u32',
  maxDepth: 'u32',
  nodes: 'u32',
  values: 'u32',
  counts: 'u32',
  leafCount: 'u32',
  best: 'u32',
  scratch: 'u32',
  extremes: 'u32',
  validationRows: 'u32',
  validationBins: 'u32',
  validationScores: 'u32',
  rules: 'u32',
  stop: 'u32',
  small: 'i32',
  large: 'i32',
  unused: 'u32',
  learningRate: 'f64',
  gradientBits: 'i32',
  hessianBits: 'i32',
  maxWeight: 'f64',
});

export const FOREST = layout({
  rows: 'u32',
  stride: 'u32',
  bins: 'u32',
  features: 'u32',
  outputs: 'u32',
  pairs: 'u32',
  rules: 'u32',
  candidates: 'u32',
  candidateCount: 'u32',
  perSplit: 'u32',
  maxDepth: 'u32',
  bootstrap: 'u32',
  seed: 'u32',
  unused: 'u32',
  outOfBagSums: 'u32',
  outOfBagCounts: 'u32',
  outOfBagScale: 'f64',
});

/** What one thread grows a tree in. */
export const AREA = layout({
  order: 'u32',
  spare: 'u32',
  drawn: 'u32',
  sums: 'u32',
  histogram: 'u32',
  totals: 'u32',
  split: 'u32',
  scratch: 'u32',
  permutation: 'u32',
  stack: 'u32',
  nodes: 'u32',
  values: 'u32',
  counts: 'u32',
  leaves: 'u32',
});

/** Trees of few leaves to be asked (assembly/ask.ts). */
export const ASKED = layout({
  trees: 'u32',
  treeCount: 'u32',
  outputs: 'u32',
  width: 'u32',
  columns: 'u32',
  reached: 'u32',
  sums: 'u32',
});

export const ASKED_TREE = layout({
  nodes: 'u32',
  nodeCount: 'u32',
  leaves: 'u32',
  leafCount: 'u32',
  values: 'u32',
  output: 'u32',
});

export const ASKED_NODE = layout({
  at: 'u32',
  children: 'u32',
  column: 'u32',
  set: 'u32',
  bin: 'u32',
  shift: 'u32',
});
