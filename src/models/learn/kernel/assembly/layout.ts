// What lies where in the shared memory: the records that TypeScript fills in (../records.ts says the same there) and the trees that come back.
// All are 8-aligned; a pointer is a u32.

/** One column: how many bins it has (the last is the one of the missing), where its histogram begins, what it is. */
@unmanaged
export class Feature {
  bins: u32;
  offset: u32;
  category: u32;
  monotone: i32;
}

/** How a split is judged. */
@unmanaged
export class Rules {
  minData: u32;
  maxCatThreshold: u32;
  minDataPerGroup: u32;
  maxCatToOneHot: u32;
  constrained: u32;
  countBits: u32;
  minHessian: f64;
  minGain: f64;
  l2: f64;
  catSmooth: f64;
  catL2: f64;
  /** What one unit of the summed gradient and of the summed hessian is worth. */
  gradientUnit: f64;
  hessianUnit: f64;
}

/** A split of a node's rows: those of the left side, and what each side would answer. */
@unmanaged
export class Split {
  gain: f64;
  leftOutput: f64;
  rightOutput: f64;
  leftGradient: i64;
  leftHessian: i64;
  feature: i32;
  bin: u32;
  missingLeft: u32;
  category: u32;
  mask0: u64;
  mask1: u64;
  mask2: u64;
  mask3: u64;
}

/** An inner node of a finished tree. A child >= 0 is a node, else ~leaf. */
@unmanaged
export class Node {
  gain: f64;
  feature: i32;
  bin: u32;
  left: i32;
  right: i32;
  count: u32;
  missingLeft: u32;
  category: u32;
  unused: u32;
  mask0: u64;
  mask1: u64;
  mask2: u64;
  mask3: u64;
}

export const NODE: usize = 72;
export const SPLIT: usize = 88;
export const FEATURE: usize = 16;
