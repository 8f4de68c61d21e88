// The tables that metrics count in, and the many-to-one paths from a row of one to the one row of another.

export type FactTable = 'patient_summary' | 'visits' | 'stays' | 'prescriptions';

/**
 * From a row of `from` to at most one row of `to`: both have the same source, and the row of `to` has the value of `column`
 * as its key. `to` has one row for every key, so a path never multiplies rows; there are no others, so neither does a metric.
 */
export interface Path {
  readonly name: string;
  readonly from: FactTable;
  readonly column: string;
  readonly to: FactTable;
  /** The column that, with `source`, is the key of `to`. */
  readonly key: string;
  /** A column of `from` that says whether there is such a row. */
  readonly exists?: string;
}

function toPatient<From extends FactTable>(from: From) {
  return { name: 'patient', from, column: 'patient_id', to: 'patient_summary', key: 'patient_id' } as const;
}

export const patientOfVisit: Path = toPatient('visits');
export const patientOfStay: Path = toPatient('stays');
export const patientOfPrescription: Path = toPatient('prescriptions');

export const firstVisitOfStay: Path = {
  name: 'first visit',
  from: 'stays',
  column: 'first_visit_id',
  to: 'visits',
  key: 'visit_id',
};

export const visitOfPrescription: Path = {
  name: 'visit',
  from: 'prescriptions',
  column: 'visit_id',
  to: 'visits',
  key: 'visit_id',
  exists: 'visit_known',
};

export const paths: readonly Path[] = [
  patientOfVisit,
  patientOfStay,
  firstVisitOfStay,
  patientOfPrescription,
  visitOfPrescription,
];

/** What one row of each table is, for messages. */
export const rowOf: Readonly<Record<FactTable, string>> = {
  patient_summary: 'patient',
  visits: 'visit',
  stays: 'stay',
  prescriptions: 'prescription',
};
