// What a kind of defect is: which table it strikes, what it does to a record, and what must become of that record.
import type { Reason } from '../../../catalog/reasons.js';
import type { Course } from '../course.js';
import type { Prescription } from '../prescriptions.js';
import type { Random } from '../random.js';
import type { Visit } from '../visits.js';

/** The tables whose records are struck. Diagnoses stay clean. */
export type StruckTable = 'patients' | 'visits' | 'prescriptions';

export interface Expected {
  /** `blank`: the line is no record and counts as a blank line. */
  readonly disposition: 'used' | 'duplicate' | 'rejected' | 'blank';
  /** Why it is rejected or a duplicate, or why the field below is set missing. */
  readonly reason: Reason | null;
  /** The field that is set missing in a used record. */
  readonly missingField: string | null;
  /** The quality check that finds it. */
  readonly checkId: string | null;
}

/** A clean record about to be struck. */
export interface Target {
  readonly random: Random;
  readonly course: Course;
  readonly visit: Visit | undefined;
  readonly prescription: Prescription | undefined;
  /** The last day of the record, in days since 1970. */
  readonly until: number;
  /** The record as the file would carry it, field by field, quotes included. */
  readonly fields: readonly string[];
  /** Where a field stands. */
  readonly at: (field: string) => number;
}

/** What is written in the place of a clean record. */
export interface Injection {
  /** Records or blank lines, without their line ends. Each but a blank one is one record to a reader. */
  readonly lines: readonly string[];
  /** Which of them the truth speaks of. */
  readonly struck: number;
  readonly field: string | null;
  readonly original: string | null;
  readonly injected: string | null;
}

export interface DefectKind {
  /** `visits/orphan`. */
  readonly id: string;
  readonly table: StruckTable;
  readonly what: string;
  /** How often it is drawn, beside the other kinds that apply to the same record. */
  readonly weight: number;
  readonly expected: Expected;
  /** In an inpatient stay it changes when, whether or how the stay was, so that readmissions may be counted otherwise. */
  readonly changesCourse: boolean;
  applies(target: Target): boolean;
  inject(target: Target): Injection;
}

export function valueIn(target: Target, field: string): string {
  return target.fields[target.at(field)] as string;
}

/** The record with some fields replaced. */
export function withValues(target: Target, values: Readonly<Record<string, string>>): string {
  const fields = [...target.fields];
  for (const [field, value] of Object.entries(values)) fields[target.at(field)] = value;
  return fields.join(',');
}
