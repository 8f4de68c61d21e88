// How the inputs of a model were distributed when it was trained: what later inputs are compared with.
import type { Column } from '../learn/index.js';

/** The shares of a column's values: below each edge, from the last on, and missing; or of each category, and missing. */
export interface Distribution {
  readonly name: string;
  /** Of numbers: the upper bounds of all bins but the last, ascending; a value on an edge lies above it. */
  readonly edges?: readonly number[];
  /** One for each bin or category, then that of the missing; they sum to 1. */
  readonly shares: readonly number[];
}

/** Bins of numbers, by quantiles. */
const bins = 10;

/** @param categories How many there are of a column of categories. */
export function distributionOf({ name, kind, values }: Column, categories: number): Distribution {
  if (kind === 'category')
    return { name, shares: sharesIn(values, categories, (code) => (code < 0 ? categories : code)) };
  const sorted = Float64Array.from(values.filter((value) => !Number.isNaN(value))).sort();
  const quantiles = Array.from({ length: bins - 1 }, (_, at) => sorted[Math.floor((sorted.length * (at + 1)) / bins)]);
  const edges = [
    ...new Set(quantiles.filter((edge) => edge !== undefined && edge > (sorted[0] as number))),
  ] as number[];
  return { name, edges, shares: sharesOfNumbers(values, edges) };
}

export const sharesOfNumbers = (values: Column['values'], edges: readonly number[]): number[] =>
  sharesIn(values, edges.length + 1, (value) => (Number.isNaN(value) ? edges.length + 1 : binOf(value, edges)));

function binOf(value: number, edges: readonly number[]): number {
  const above = edges.findIndex((edge) => value < edge);
  return above < 0 ? edges.length : above;
}

function sharesIn(values: Column['values'], places: number, placeOf: (value: number) => number): number[] {
  const counts = new Array<number>(places + 1).fill(0);
  for (const value of values) {
    const place = placeOf(value);
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts.map((count) => count / values.length);
}
