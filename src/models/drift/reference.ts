// How the inputs of a model were distributed when it was trained: what later inputs are compared with.
import type { Column } from '../learn/index.js';

/** The bins of one input: of numbers their upper bounds, of categories how many there are. */
export type Bins =
  | { readonly name: string; readonly edges: readonly number[] }
  | { readonly name: string; readonly categories: number };

/** With the share of each bin, then that of the missing; they sum to 1. */
export type Distribution = Bins & { readonly shares: readonly number[] };

/** Bins of numbers, by quantiles. */
const quantiles = 10;

/** @param categories How many there are of a column of categories. */
export function distributionOf(column: Column, categories: number): Distribution {
  const bins = binsOf(column, categories);
  return { ...bins, shares: countsIn(bins, column.values).map((count) => count / column.values.length) };
}

function binsOf({ name, kind, values }: Column, categories: number): Bins {
  if (kind === 'category') return { name, categories };
  const sorted = Float64Array.from(values.filter((value) => !Number.isNaN(value))).sort();
  const at = (part: number) => sorted[Math.floor((sorted.length * part) / quantiles)];
  const bounds = Array.from({ length: quantiles - 1 }, (_, part) => at(part + 1));
  const edges = bounds.filter((edge) => edge !== undefined && edge > (sorted[0] as number)) as number[];
  return { name, edges: [...new Set(edges)] };
}

/** How many values lie in each bin, and how many are missing. A value on an edge lies above it. */
export function countsIn(bins: Bins, values: Column['values']): number[] {
  const missing = 'edges' in bins ? bins.edges.length + 1 : bins.categories;
  const counts = new Array<number>(missing + 1).fill(0);
  for (const value of values) {
    const isMissing = 'edges' in bins ? Number.isNaN(value) : value < 0 || value >= bins.categories;
    const bin = isMissing ? missing : 'edges' in bins ? binOf(value, bins.edges) : value;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

function binOf(value: number, edges: readonly number[]): number {
  const above = edges.findIndex((edge) => value < edge);
  return above < 0 ? edges.length : above;
}
