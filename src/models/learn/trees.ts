// Trees laid out flat for walking: inner nodes one after another, a child below 0 is the leaf ~child.
import type { Binning } from './binning.js';
import { lookup } from './binning.js';
import type { Column } from './dataset.js';

/** What the flags of a node say. */
export const CATEGORY = 1;
export const MISSING_LEFT = 2;
/** 32-bit words of a set of bins. */
export const SET_WORDS = 8;

export interface Trees {
  /** Where each tree begins. */
  readonly roots: Int32Array;
  readonly feature: Int32Array;
  /** Numbers up to it go left. Of a category: which set of bins goes left. */
  readonly threshold: Float64Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly flags: Uint8Array;
  readonly sets: Uint32Array;
  /** Fall of the loss by the split, and rows it was learnt from. */
  readonly gain: Float64Array;
  readonly count: Int32Array;
  readonly leafCount: Int32Array;
  /** What each leaf answers: `width` numbers. */
  readonly values: Float64Array;
  readonly width: number;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** One set of trees, in the order given. */
export function concatenate(parts: readonly Trees[], width: number): Trees {
  const total = (length: (part: Trees) => number) => parts.reduce((sum, part) => sum + length(part), 0);
  const nodes = total(({ feature }) => feature.length);
  const leaves = total(({ leafCount }) => leafCount.length);
  const all: Mutable<Trees> = {
    roots: new Int32Array(total(({ roots }) => roots.length)),
    feature: new Int32Array(nodes),
    threshold: new Float64Array(nodes),
    left: new Int32Array(nodes),
    right: new Int32Array(nodes),
    flags: new Uint8Array(nodes),
    sets: new Uint32Array(total(({ sets }) => sets.length)),
    gain: new Float64Array(nodes),
    count: new Int32Array(nodes),
    leafCount: new Int32Array(leaves),
    values: new Float64Array(leaves * width),
    width,
  };
  let tree = 0;
  let node = 0;
  let leaf = 0;
  let set = 0;
  for (const part of parts) {
    const moved = (child: number) => (child < 0 ? ~(~child + leaf) : child + node);
    part.roots.forEach((root, i) => {
      all.roots[tree + i] = moved(root);
    });
    all.feature.set(part.feature, node);
    all.flags.set(part.flags, node);
    all.gain.set(part.gain, node);
    all.count.set(part.count, node);
    for (let i = 0; i < part.feature.length; i++) {
      all.left[node + i] = moved(part.left[i]!);
      all.right[node + i] = moved(part.right[i]!);
      all.threshold[node + i] = part.threshold[i]! + (part.flags[i]! & CATEGORY ? set / SET_WORDS : 0);
    }
    all.sets.set(part.sets, set);
    all.leafCount.set(part.leafCount, leaf);
    all.values.set(part.values, leaf * width);
    tree += part.roots.length;
    node += part.feature.length;
    leaf += part.leafCount.length;
    set += part.sets.length;
  }
  return all;
}

/** Which leaf of the tree at `root` each of the first `rows` rows of `matrix` ends in. */
export function findLeaves(
  trees: Trees,
  root: number,
  matrix: Float64Array,
  stride: number,
  rows: number,
  into: Int32Array,
): void {
  const { feature, threshold, left, right, flags } = trees;
  for (let row = 0, base = 0; row < rows; row++, base += stride) {
    let at = root;
    while (at >= 0) at = goesLeft(trees, at, matrix[base + feature[at]!]!, threshold, flags) ? left[at]! : right[at]!;
    into[row] = ~at;
  }
}

function goesLeft(trees: Trees, at: number, value: number, threshold: Float64Array, flags: Uint8Array): boolean {
  const flag = flags[at]!;
  // NaN compares as false, so that it goes right here and left there.
  if (flag === 0) return value <= threshold[at]!;
  if (flag === MISSING_LEFT) return !(value > threshold[at]!);
  return ((trees.sets[threshold[at]! * SET_WORDS + (value >> 5)]! >>> (value & 31)) & 1) !== 0;
}

/** Whether a value goes left at a node. */
export const turnsLeft = (trees: Trees, at: number, value: number): boolean =>
  goesLeft(trees, at, value, trees.threshold, trees.flags);

/** Rows from..to side by side as trees read them: numbers as they are, categories as their bin. */
export function matrixOf(
  binnings: readonly Pick<Binning, 'kind' | 'codes'>[],
  columns: readonly Column[],
): (from: number, to: number, into: Float64Array) => void {
  const width = columns.length;
  const tables = binnings.map(({ kind, codes }) => (kind === 'category' ? lookup(codes) : undefined));
  return (from, to, into) => {
    for (let f = 0; f < width; f++) {
      const { values } = columns[f]!;
      const table = tables[f];
      const unseen = binnings[f]!.codes.length;
      for (let row = from, at = f; row < to; row++, at += width) {
        into[at] = table ? (table[values[row]!] ?? unseen) : values[row]!;
      }
    }
  };
}
