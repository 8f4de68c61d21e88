// SQL that turns a number into its class by the bands of the catalog.
import type { Band } from '../../catalog/codes/clinical-thresholds.js';
import { literal } from '../../engine/sql-text.js';

export function bandOf(value: string, bands: readonly Band[]): string {
  const branches = bands.map(({ label, from, below }) => {
    const bounds = [from === null ? [] : [`${value} >= ${from}`], below === null ? [] : [`${value} < ${below}`]].flat();
    return `when ${bounds.join(' and ')} then ${literal(label)}`;
  });
  return `case ${branches.join(' ')} end`;
}
