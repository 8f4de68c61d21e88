// The baseline that knows nothing but a group: the shares of the classes among training rows of the same group. In one
// group it is the prevalence; by admission type the prevalence of each; by present severity, what usually comes next.
import type { Learning } from './out-of-fold.js';

interface Shares {
  /** The class of each row, from 0. */
  readonly outcome: Uint8Array;
  readonly classes: number;
  /** The group of each row; −1, not known, is a group of its own. Absent: all rows are one group. */
  readonly group?: Int32Array;
}

/**
 * Each group's counts have one row more, that has the shares of all training rows: a group without training rows gets those,
 * and no share is 0 that was seen anywhere.
 * @returns Of two classes the share of class 1, one value a row; of more, all shares.
 */
export function classShares({ outcome, classes, group }: Shares): Learning {
  const groupOf = (row: number): number => (group?.[row] ?? 0) + 1;
  return (train) => {
    const all = new Float64Array(classes);
    const byGroup = new Map<number, Float64Array>();
    for (const row of train) {
      const [own, happened] = [groupOf(row), outcome[row] as number];
      const counts = byGroup.get(own) ?? new Float64Array(classes);
      byGroup.set(own, counts);
      counts[happened] = (counts[happened] as number) + 1;
      all[happened] = (all[happened] as number) + 1;
    }
    const overall = all.map((count) => count / train.length);
    const shares = new Map(
      [...byGroup].map(([own, counts]) => {
        const rows = counts.reduce((sum, count) => sum + count, 1);
        return [own, counts.map((count, number) => (count + (overall[number] as number)) / rows)];
      }),
    );
    return (rows) => {
      const width = classes === 2 ? 1 : classes;
      const predicted = new Float64Array(rows.length * width);
      for (const [at, row] of rows.entries()) {
        const found = shares.get(groupOf(row)) ?? overall;
        predicted.set(width === 1 ? found.subarray(1, 2) : found, at * width);
      }
      return predicted;
    };
  };
}
