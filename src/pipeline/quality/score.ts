// From counts to a score and a grade, by the formula of docs/quality.md. Pure.
import type { Check, CheckCategory, CheckClass, Severity } from '../../catalog/checks/check.js';
import type { CountRow } from './counts.js';
import type { QualitySettings } from './settings.js';

/** In the order of worth, the best first. */
export const grades = ['A', 'B', 'C', 'D', 'F'] as const;
export type Grade = (typeof grades)[number];

/** `not applicable`: there was nothing to look at. `waived`: it fails, and the workspace says why it may for now. */
export type CheckStatus = 'passed' | 'failed' | 'waived' | 'not applicable';

export interface CheckResult {
  readonly id: string;
  readonly class: CheckClass;
  readonly category: CheckCategory;
  readonly severity: Severity;
  readonly table: string | null;
  readonly field: string | null;
  readonly failed_rows: number;
  readonly total_rows: number;
  readonly threshold: number;
  /** null where there was nothing to look at. */
  readonly passed: boolean | null;
  readonly status: CheckStatus;
  /** Why it is waived, or was until its waiver ran out. */
  readonly waiver?: { readonly reason: string; readonly until: string; readonly expired: boolean };
}

export interface QualityReport {
  readonly grade: Grade;
  /** 0 to 100, one decimal place. */
  readonly score: number;
  readonly checks: readonly CheckResult[];
}

/** What a check weighs in the score. */
const weights: Readonly<Record<Severity, number>> = { critical: 9, major: 3, minor: 1 };
/** The least score of each grade. */
const bounds: readonly (readonly [Grade, number])[] = [
  ['A', 95],
  ['B', 85],
  ['C', 70],
  ['D', 50],
  ['F', 0],
];
/** The best grade while a check of that severity fails. */
const caps: Readonly<Record<Severity, Grade>> = { critical: 'C', major: 'B', minor: 'A' };

/** @param asOf The run's date, YYYY-MM-DD: a waiver holds through its last day. */
export function judge(
  checks: readonly Check[],
  counts: readonly CountRow[],
  settings: QualitySettings,
  asOf: string,
): QualityReport {
  const counted = new Map(counts.map((row) => [row.check_id, row]));
  const results = checks.map((check) => resultOf(check, counted.get(check.id), settings, asOf));
  const scored = results.filter(({ status }) => status === 'passed' || status === 'failed');
  const weight = scored.reduce((sum, { severity }) => sum + weights[severity], 0);
  const earned = scored.reduce((sum, result) => sum + weights[result.severity] * credit(result), 0);
  const score = weight === 0 ? 100 : Math.round((1000 * earned) / weight) / 10;
  const failed = scored.filter(({ status }) => status === 'failed');
  const reached = bounds.find(([, least]) => score >= least)?.[0] ?? 'F';
  return { grade: worst([reached, ...failed.map(({ severity }) => caps[severity])]), score, checks: results };
}

/** Whether `grade` is worse than `least`. */
export const isBelow = (grade: Grade, least: Grade): boolean => grades.indexOf(grade) > grades.indexOf(least);

const worst = (list: readonly Grade[]): Grade => grades[Math.max(...list.map((grade) => grades.indexOf(grade)))] ?? 'F';

/**
 * What a check earns: all where it passes; else half at its threshold and nothing from ten times the threshold on, in
 * equal steps for equal factors. A threshold of 0 forgives nothing.
 */
function credit({ status, failed_rows, total_rows, threshold }: CheckResult): number {
  if (status !== 'failed') return 1;
  if (threshold === 0) return 0;
  const times = failed_rows / total_rows / threshold;
  return Math.max(0, 0.5 * (1 - Math.log10(times)));
}

function resultOf(check: Check, row: CountRow | undefined, settings: QualitySettings, asOf: string): CheckResult {
  const { id, category, severity, table, field } = check;
  const total = Number(row?.total_rows ?? 0);
  const failed = Number(row?.failed_rows ?? 0);
  const threshold = settings.thresholds[id] ?? check.threshold;
  const passed = total === 0 ? null : failed / total <= threshold;
  const waiver = settings.waivers.find((candidate) => candidate.check === id);
  const expired = waiver !== undefined && waiver.until < asOf;
  const status = passed === null ? 'not applicable' : passed ? 'passed' : waiver && !expired ? 'waived' : 'failed';
  return {
    id,
    class: check.class,
    category,
    severity,
    table,
    field,
    failed_rows: failed,
    total_rows: total,
    threshold,
    passed,
    status,
    ...(waiver && { waiver: { reason: waiver.reason, until: waiver.until, expired } }),
  };
}
