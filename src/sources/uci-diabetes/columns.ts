// The columns of diabetic_data.csv that are read. Left unread: weight, which is a band and missing in 97 % of the records, and
// diabetesMed, which says only whether one of the drug columns is other than No.
import { CarelakeError } from '../../errors.js';
import type { RawTable } from '../source.js';

/** Each holds No, Steady, Up or Down; the order is the order of the prescriptions within a record. */
export const drugs = [
  'metformin',
  'repaglinide',
  'nateglinide',
  'chlorpropamide',
  'glimepiride',
  'acetohexamide',
  'glipizide',
  'glyburide',
  'tolbutamide',
  'pioglitazone',
  'rosiglitazone',
  'acarbose',
  'miglitol',
  'troglitazone',
  'tolazamide',
  'examide',
  'citoglipton',
  'insulin',
  'glyburide-metformin',
  'glipizide-metformin',
  'glimepiride-pioglitazone',
  'metformin-rosiglitazone',
  'metformin-pioglitazone',
] as const;

/** In the order of their rank. */
export const diagnosisColumns = ['diag_1', 'diag_2', 'diag_3'] as const;

export const neededColumns = [
  'encounter_id',
  'patient_nbr',
  'race',
  'gender',
  'age',
  'admission_type_id',
  'discharge_disposition_id',
  'admission_source_id',
  'time_in_hospital',
  'payer_code',
  'medical_specialty',
  'num_lab_procedures',
  'num_procedures',
  'num_medications',
  'number_outpatient',
  'number_emergency',
  'number_inpatient',
  ...diagnosisColumns,
  'number_diagnoses',
  'max_glu_serum',
  'A1Cresult',
  ...drugs,
  'change',
  'readmitted',
] as const;

export type NeededColumn = (typeof neededColumns)[number];

/** The columns that tell this file from every other. */
export const signature: readonly NeededColumn[] = ['encounter_id', 'patient_nbr', 'A1Cresult', 'readmitted'];

/** Where a column stands in a header, or -1. Case never matters. */
export function positionOf(header: readonly string[], column: string): number {
  return header.findIndex((name) => name.toLowerCase() === column.toLowerCase());
}

/** The name that a column bears in the raw table: `c5`. UCI_COLUMN_MISSING where the header lacks it. */
export function landed(encounters: RawTable, column: NeededColumn): string {
  const position = positionOf(encounters.columns, column);
  if (position < 0) {
    throw new CarelakeError('UCI_COLUMN_MISSING', `${encounters.files.join(', ')} has no column ${column}.`);
  }
  return `c${position}`;
}
