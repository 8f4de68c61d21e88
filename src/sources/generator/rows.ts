// The rows of the four files as text: one line each, ending in \n, fields in the order of the header.
//
// Invariant that the defects rest on: no clean value is empty quotes or begins with a doubled quote, so the quote that a
// reader meets first on any clean line is one that opens a field and is followed by a letter.
import { dayText } from './calendar.js';
import { conditions, namesOf } from './conditions.js';
import type { Course } from './course.js';
import type { Prescription } from './prescriptions.js';
import type { Visit } from './visits.js';

export const tables = ['patients', 'visits', 'prescriptions', 'diagnoses'] as const;
export type TableName = (typeof tables)[number];

/** The header of each file: names of the catalog's fields. */
export const headers = {
  patients: [
    'patient_id',
    'name',
    'birth_date',
    'gender',
    'race',
    'location',
    'bmi',
    'smoker_status',
    'alcohol_use',
    'physical_activity_level',
    'chronic_conditions',
    'registration_date',
    'insurance_type',
    'death_date',
  ],
  visits: [
    'visit_id',
    'patient_id',
    'visit_date',
    'discharge_date',
    'visit_type',
    'admission_type',
    'discharge_disposition',
    'diagnosis_code',
    'diagnosis_description',
    'severity_score',
    'blood_pressure',
    'glucose_level',
    'heart_rate',
    'length_of_stay',
    'facility',
  ],
  prescriptions: [
    'prescription_id',
    'patient_id',
    'visit_id',
    'drug_name',
    'drug_category',
    'dosage',
    'quantity',
    'days_supply',
    'prescribed_date',
    'refill_count',
  ],
  diagnoses: ['visit_id', 'patient_id', 'rank', 'diagnosis_system', 'diagnosis_code'],
} as const satisfies Record<TableName, readonly string[]>;

/** The code system of every diagnosis. */
const SYSTEM = 'icd-10';

const tenths: readonly string[] = Array.from({ length: 1001 }, (_, value) => String(value / 10));
const optionalDay = (day: number | undefined): string => (day === undefined ? '' : dayText(day));

export function patientRow({ person: p, died }: Course): string {
  return (
    `${p.id},${p.name},${dayText(p.born)},${p.gender},${p.race},${p.town.name},${tenths[Math.round(p.bmi * 10)]},` +
    `${p.smoker},${p.alcohol},${p.activity},${namesOf(p.conditions)},${dayText(p.registered)},${p.insurance},` +
    `${optionalDay(died)}\n`
  );
}

export function visitRow(patient: string, visit: Visit): string {
  const { day, discharged, cause, vitals } = visit;
  const stayed = discharged === undefined ? '' : discharged - day;
  return (
    `${visit.id},${patient},${dayText(day)},${optionalDay(discharged)},${visit.type},${visit.admission ?? ''},` +
    `${visit.disposition ?? ''},${cause.code},${cause.description},${tenths[visit.severity]},` +
    `${vitals.bloodPressure ?? ''},${vitals.glucose ?? ''},${vitals.heartRate ?? ''},${stayed},${visit.facility}\n`
  );
}

export function prescriptionRow(
  patient: string,
  { id, visit, drug, dosage, quantity, days, day, refills }: Prescription,
): string {
  return `${id},${patient},${visit.id},${drug.name},${drug.category},${dosage},${quantity},${days},${dayText(day)},${refills}\n`;
}

/** How many conditions are coded beside the cause, at most, by type of visit. */
const codedBeside = { outpatient: 0, emergency: 1, inpatient: 6 } as const;

/** One row for the cause of the visit (rank 1), and one for each long-standing condition that was coded beside it. */
export function diagnosisRows(patient: string, visit: Visit): string[] {
  const prefix = `${visit.id},${patient},`;
  const rows = [`${prefix}1,${SYSTEM},${visit.cause.code}\n`];
  for (let index = 0; index < conditions.length && rows.length <= codedBeside[visit.type]; index++) {
    const code = conditions[index]?.code;
    if (visit.conditions & (1 << index) && code !== visit.cause.code) {
      rows.push(`${prefix}${rows.length + 1},${SYSTEM},${code}\n`);
    }
  }
  return rows;
}
