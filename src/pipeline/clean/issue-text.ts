// How the issues of one row stand in its column `_issues`: issues parted by ␞, each `field␟reason␟action␟value`.
// One text column, NULL for most rows, costs nothing where there is nothing to say; issues.ts opens it up again.
import type { Field } from '../../catalog/field.js';
import { literal } from '../../engine/sql-text.js';

/** Parts issues. The signs ␞ and ␟ stand in no value: where they do, they become blanks. */
export const issueSeparator = '␞';
/** Parts the units of an issue. */
export const unitSeparator = '␟';
const RECORD = literal(issueSeparator);
const UNIT = literal(unitSeparator);

/** The issue of one field as SQL text, NULL where `reason` is NULL. The value is kept as it came, at most 500 characters. */
export function issueText(name: string, action: Field['invalid'], reason: string, original: string): string {
  const value = `translate(substr(coalesce(${original}, ''), 1, 500), '␞␟', '  ')`;
  return `case when ${reason} is not null then ${literal(name)} || ${UNIT} || ${reason} || ${UNIT} || ${literal(action)} || ${UNIT} || ${value} end`;
}

export function issueList(issues: readonly string[]): string {
  return `concat_ws(${RECORD}, ${issues.join(', ')})`;
}

/** SQL for the n-th unit (1-based) of one issue. */
export const issueUnit = (issue: string, n: 1 | 2 | 3 | 4): string => `split_part(${issue}, ${UNIT}, ${n})`;
