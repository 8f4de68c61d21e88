// From values to bins: at most 255 a column, the last for the missing. Training sees bins alone.
import type { Column, Dataset } from './dataset.js';
import { random, sample } from './random.js';

/** Cuts are looked for in so many rows at most. */
const SAMPLE = 200_000;

export interface Binning {
  readonly name: string;
  readonly kind: 'number' | 'category';
  /** With the last, which is that of the missing (of a category: also of the rare and of those never seen). */
  readonly bins: number;
  /** A number is in the first bin whose cut it does not exceed, else in the last but one. */
  readonly cuts: Float64Array;
  /** The code of each bin of a category, the most frequent first. */
  readonly codes: Int32Array;
}

const NO_CUTS = new Float64Array(0);
const NO_CODES = new Int32Array(0);

/** How each column of the data falls into at most `maxBins` bins. */
export function findBinnings(data: Dataset, maxBins: number): Binning[] {
  const skipped = new Set(data.skipped.map(({ name }) => name));
  const seen = data.rows > SAMPLE ? sample(data.rows, SAMPLE, random(1)) : undefined;
  return data.columns.map((column) => {
    const { name, kind } = column;
    if (skipped.has(name)) return { name, kind, bins: 1, cuts: NO_CUTS, codes: NO_CODES };
    if (kind === 'category') {
      const codes = findCodes(column.values, maxBins - 1);
      return { name, kind, bins: codes.length + 1, cuts: NO_CUTS, codes };
    }
    const cuts = findCuts(column.values, seen, maxBins - 1);
    return { name, kind, bins: cuts.length + 2, cuts, codes: NO_CODES };
  });
}

function findCodes(values: Column['values'], max: number): Int32Array {
  const counts = new Map<number, number>();
  for (const code of values) if (code >= 0) counts.set(code, (counts.get(code) ?? 0) + 1);
  const sorted = [...counts].sort(([a, n], [b, m]) => m - n || a - b);
  return Int32Array.from(sorted.slice(0, max), ([code]) => code);
}

/** Cuts between neighbouring values where there are few; else bins of about the same number of rows. */
function findCuts(values: Column['values'], seen: Uint32Array | undefined, max: number): Float64Array {
  let sorted = seen ? Float64Array.from(seen, (row) => values[row]!) : Float64Array.from(values);
  sorted = sorted.filter((value) => !Number.isNaN(value)).sort();
  const distinct: number[] = [];
  const counts: number[] = [];
  for (const value of sorted) {
    if (value === distinct.at(-1)) counts[counts.length - 1]! += 1;
    else {
      distinct.push(value);
      counts.push(1);
    }
  }
  const last = distinct.length - 1;
  if (distinct.length <= max) return Float64Array.from({ length: Math.max(last, 0) }, (_, i) => between(distinct, i));
  return equalShares(distinct, counts, sorted.length, max);
}

/** A value that is common enough has a bin to itself; the others share the rest evenly. */
function equalShares(distinct: number[], counts: number[], total: number, max: number): Float64Array {
  const share = total / max;
  const common = counts.map((count) => count >= share);
  let bins = max;
  let rows = total;
  counts.forEach((count, i) => {
    if (common[i]) {
      bins -= 1;
      rows -= count;
    }
  });
  let goal = rows / Math.max(bins, 1);
  const cuts: number[] = [];
  let held = 0;
  for (let i = 0; i < distinct.length - 1 && cuts.length < max - 1; i++) {
    held += counts[i]!;
    if (!common[i]) rows -= counts[i]!;
    if (common[i] || held >= goal || (common[i + 1] && held >= Math.max(1, goal / 2))) {
      cuts.push(between(distinct, i));
      if (!common[i]) {
        bins -= 1;
        goal = rows / Math.max(bins, 1);
      }
      held = 0;
    }
  }
  return Float64Array.from(cuts);
}

/** A number from a value to before the next: the middle where it can be told from both. */
function between(distinct: number[], i: number): number {
  const low = distinct[i]!;
  const high = distinct[i + 1]!;
  const middle = low / 2 + high / 2;
  return middle >= low && middle < high ? middle : low;
}

/** Rows are written a block at a time, so that a block's bins stay in the cache while column after column fills them in. */
const BLOCK = 4096;

/** Writes the bins of every row side by side. */
export function writeBins(
  columns: readonly Column[],
  binnings: readonly Binning[],
  rows: number,
  into: Uint8Array,
): void {
  const stride = columns.length;
  const lookups = binnings.map(({ codes }) => lookup(codes));
  for (let begin = 0; begin < rows; begin += BLOCK) {
    const end = Math.min(begin + BLOCK, rows);
    columns.forEach(({ values, kind }, f) => {
      const { bins, cuts } = binnings[f]!;
      if (bins === 1) for (let row = begin; row < end; row++) into[row * stride + f] = 0;
      else if (kind === 'category') {
        const table = lookups[f]!;
        for (let row = begin; row < end; row++) into[row * stride + f] = table[values[row]!] ?? bins - 1;
      } else for (let row = begin; row < end; row++) into[row * stride + f] = binOf(values[row]!, cuts);
    });
  }
}

function binOf(value: number, cuts: Float64Array): number {
  if (Number.isNaN(value)) return cuts.length + 1;
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (value <= cuts[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The bin of each code; a code that is not there is among the missing. */
export function lookup(codes: Int32Array): Record<number, number> {
  const table: Record<number, number> = Object.create(null);
  codes.forEach((code, bin) => {
    table[code] = bin;
  });
  return table;
}
