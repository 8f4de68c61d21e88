// Short histories of patients: visits written as a test thinks of them, as CSV and as the rows that `stays` reads.

export interface Visit {
  readonly id: string;
  /** The day of admission, YYYY-MM-DD. */
  readonly in: string;
  /** The day of discharge. */
  readonly out?: string;
  /** Length of stay in days, as the source gives it. */
  readonly days?: number;
  /** inpatient unless given. */
  readonly type?: string;
  /** Admission type; emergency unless given. */
  readonly as?: string | null;
  /** Discharge disposition; home unless given. */
  readonly to?: string | null;
  /** Facility; North unless given. */
  readonly at?: string;
  /** Diagnosis code; I50.9 unless given. */
  readonly dx?: string;
}

const header =
  'visit_id,patient_id,visit_date,discharge_date,length_of_stay,visit_type,admission_type,discharge_disposition,facility,diagnosis_code';

export function visitsCsv(histories: Readonly<Record<string, readonly Visit[]>>): string {
  const lines = Object.entries(histories).flatMap(([patient, visits]) =>
    visits.map((visit) =>
      [
        visit.id,
        patient,
        visit.in,
        visit.out,
        visit.days,
        visit.type ?? 'inpatient',
        visit.as === undefined ? 'emergency' : visit.as,
        visit.to === undefined ? 'home' : visit.to,
        visit.at ?? 'North',
        visit.dx ?? 'I50.9',
      ].map((value) => value ?? ''),
    ),
  );
  return [header, ...lines.map((line) => line.join(','))].join('\n').concat('\n');
}

const text = (value: string | null | undefined): string => (value == null ? 'cast(null as varchar)' : `'${value}'`);
const day = (value: string | undefined): string => (value === undefined ? 'cast(null as date)' : `date '${value}'`);

/** A SELECT with the columns of published visits that `stays` reads. */
export function visitsSql(histories: Readonly<Record<string, readonly Visit[]>>, source = 'default'): string {
  const rows = Object.entries(histories).flatMap(([patient, visits]) =>
    visits.map(
      (visit) => `select '${source}' as source, ${text(patient)} as patient_id, ${text(visit.id)} as visit_id,
  ${day(visit.in)} as visit_date, ${day(visit.out)} as discharge_date, cast(${visit.days ?? 'null'} as double) as length_of_stay,
  ${text(visit.type ?? 'inpatient')} as visit_type, ${text(visit.as === undefined ? 'emergency' : visit.as)} as admission_type,
  ${text(visit.to === undefined ? 'home' : visit.to)} as discharge_disposition, ${text(visit.at ?? 'North')} as facility,
  ${text(visit.dx ?? 'I50.9')} as diagnosis_code, cast(null as varchar) as disease, cast(null as bigint) as age_at_visit,
  cast(null as bigint) as visit_order, cast(null as varchar) as readmitted_within_30_days`,
    ),
  );
  return rows.join('\nunion all ');
}
