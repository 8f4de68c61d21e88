// The truth beside the data: columns and rows of the three tables of truth/.
import { dayText } from './calendar.js';
import { namesOf } from './conditions.js';
import type { Course } from './course.js';
import type { Struck } from './defects/inject.js';
import { severityLevel } from './illness.js';
import type { Outcome } from './life.js';
import type { Visit } from './visits.js';

export interface TruthColumn {
  readonly name: string;
  /** DuckDB's type. */
  readonly type: 'VARCHAR' | 'BIGINT' | 'DOUBLE' | 'BOOLEAN' | 'DATE';
  readonly what: string;
}

function column(name: string, type: TruthColumn['type'], what: string): TruthColumn {
  return { name, type, what };
}

export const truthTables = {
  defects: [
    column('kind', 'VARCHAR', 'the kind, as listed below'),
    column('file', 'VARCHAR', 'the file'),
    column('line', 'BIGINT', 'the physical line, from 1 (the header)'),
    column('row', 'BIGINT', 'the record, from 1; header and blank lines do not count; null for a blank line'),
    column('table', 'VARCHAR', 'the table'),
    column('key', 'VARCHAR', 'the id of the record without the defect'),
    column('field', 'VARCHAR', 'the field that was changed; null where the whole record was'),
    column('original_value', 'VARCHAR', 'its value before; null for a record that was added'),
    column('injected_value', 'VARCHAR', 'its value now, as the file has it'),
    column('expected_disposition', 'VARCHAR', 'used, duplicate, rejected or blank'),
    column('expected_reason', 'VARCHAR', 'why it is rejected or a duplicate, or why the field is set missing'),
    column('expected_missing_field', 'VARCHAR', 'the field that is set missing in a used record'),
    column('check_id', 'VARCHAR', 'the quality check that finds it; null where nothing is wrong with the record'),
    column(
      'affects_outcome',
      'BOOLEAN',
      'the record is of an inpatient stay and changes when, whether or how it was: readmissions of the patient may be counted otherwise than in outcomes.parquet',
    ),
    column(
      'orphans_others',
      'BOOLEAN',
      'the record is rejected, and others refer to it: they are used and flagged as orphans',
    ),
  ],
  outcomes: [
    column('visit_id', 'VARCHAR', 'the last stay of an episode that the patient left alive'),
    column('patient_id', 'VARCHAR', 'the patient'),
    column('discharge_date', 'DATE', 'the end of the episode'),
    column('true_probability', 'DOUBLE', 'the probability of an unplanned stay within 30 days'),
    column('readmitted', 'BOOLEAN', 'the outcome that was drawn from it'),
    column('planned', 'BOOLEAN', 'the episode began with an elective stay'),
    column('index', 'BOOLEAN', 'false for those who left against advice'),
    column('followed', 'BOOLEAN', 'the record goes on for 30 days after the discharge'),
  ],
  patients: [
    column('patient_id', 'VARCHAR', 'the patient'),
    column('frailty', 'DOUBLE', 'mean near 0, standard deviation near 1'),
    column('deprivation', 'DOUBLE', 'uniform from 0 to 1'),
    column('adherence', 'DOUBLE', 'the share of prescribed medicine that is taken'),
    column('severity_level', 'DOUBLE', 'where severity settles at registration, without treatment'),
    column('conditions', 'VARCHAR', 'conditions at registration, separated by ;'),
    column('visits', 'BIGINT', 'visits in the clean record'),
    column('death_date', 'DATE', 'the day of death, where it lies within the record'),
  ],
} as const satisfies Record<string, readonly TruthColumn[]>;

export type TruthTable = keyof typeof truthTables;

function text(value: string | null): string {
  return value === null ? '' : `"${value.replaceAll('"', '""')}"`;
}

/** @param place The struck line; `row` null where it is blank. */
export function defectRow(
  { kind, injection, key }: Struck,
  place: { readonly line: number; readonly row: number | null },
  { course, visit }: { readonly course: Course; readonly visit: Visit | undefined },
): string {
  const { disposition, reason, missingField, checkId } = kind.expected;
  const changed = [injection.field, injection.original, injection.injected].map(text).join(',');
  const expected = [disposition, reason, missingField, checkId].map(text).join(',');
  const affects = kind.changesCourse && visit?.type === 'inpatient';
  // every visit has a diagnosis that names it
  const referred = kind.table === 'visits' || (kind.table === 'patients' && course.visits.length > 0);
  const orphans = disposition === 'rejected' && referred;
  return `${kind.id},${kind.table}.csv,${place.line},${place.row ?? ''},${kind.table},${text(key)},${changed},${expected},${affects},${orphans}\n`;
}

export function outcomeRow(patient: string, outcome: Outcome, followedUntil: number): string {
  const { visit, discharged, disposition, planned, probability, readmitted } = outcome;
  const index = disposition !== 'left against advice';
  const followed = discharged <= followedUntil;
  return `${visit.id},${patient},${dayText(discharged)},${probability},${readmitted},${planned},${index},${followed}\n`;
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

export function traitsRow({ person, visits, died }: Course): string {
  const level = severityLevel(person.frailty, person.conditions);
  const traits = [person.frailty, person.deprivation, person.adherence, level].map(rounded).join(',');
  const death = died === undefined ? '' : dayText(died);
  return `${person.id},${traits},${text(namesOf(person.conditions))},${visits.length},${death}\n`;
}
