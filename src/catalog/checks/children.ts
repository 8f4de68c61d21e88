// Checks of diagnoses, procedures and observations beside those that follow from the fields.
import type { Check } from './check.js';
import { codeChecks } from './codes.js';
import { rowChecks, showing } from './rows.js';

type Child = 'diagnoses' | 'procedures' | 'observations';

/** A row that names both its patient and its visit must mean the visit's patient. */
const samePatient = (table: Child): Check[] =>
  rowChecks(table, [
    {
      name: 'patient_id.agrees',
      field: 'patient_id',
      category: 'relational',
      severity: 'critical',
      threshold: 0.001,
      explanation: `A row of ${table} names another patient than its visit does.`,
      applies: 'visit_known and patient_id is not null',
      fails: 'patient_id <> visit_patient_id',
      shows: showing('patient_id', 'visit_patient_id'),
    },
  ]);

const withinLife = (table: Child, date: string): Check[] =>
  rowChecks(table, [
    {
      name: `${date}.after_birth`,
      field: date,
      category: 'temporal',
      severity: 'major',
      threshold: 0.001,
      explanation: `${date} lies before the birth of the patient.`,
      applies: `${date} is not null and patient_known`,
      fails: `${date} < patient_birth_date`,
      shows: showing(date, 'patient_birth_date'),
    },
    {
      name: `${date}.before_death`,
      field: date,
      category: 'temporal',
      severity: 'minor',
      explanation: `${date} lies after the death of the patient.`,
      applies: `${date} is not null and patient_known`,
      fails: `${date} > patient_death_date`,
      shows: showing(date, 'patient_death_date'),
    },
  ]);

const withinVisit = (table: Child, date: string): Check[] =>
  rowChecks(table, [
    {
      name: `${date}.within_visit`,
      field: date,
      category: 'temporal',
      severity: 'minor',
      threshold: 0.05,
      explanation: `${date} lies more than a day before its visit, or more than a day after the discharge.`,
      applies: `${date} is not null and visit_known`,
      fails: `cast(visit_date - ${date} as int) > 1 or cast(${date} - visit_end as int) > 1`,
      shows: showing(date, 'visit_date', 'visit_end'),
    },
  ]);

const mainDiagnosis = rowChecks('diagnoses', [
  {
    name: 'rank.main',
    field: 'diagnosis_code',
    category: 'relational',
    severity: 'minor',
    threshold: 0.05,
    explanation: 'The first diagnosis of a visit is not the one that the visit itself names.',
    applies: 'rank = 1 and diagnosis_code is not null and visit_known',
    fails: `lower(replace(diagnosis_code, '.', '')) <> lower(replace(visit_diagnosis_code, '.', ''))`,
    shows: showing('diagnosis_code', 'visit_diagnosis_code'),
  },
]);

const measurements = rowChecks('observations', [
  {
    name: 'time.present',
    field: 'observation_date',
    category: 'completeness',
    severity: 'minor',
    threshold: 0.1,
    explanation: 'The observation has neither a day nor a time.',
    applies: 'true',
    fails: 'observation_date is null and observed_at is null',
    shows: 'coalesce(observation_code, observation_description)',
  },
  {
    name: 'value.body_mass_index_change',
    field: 'value',
    of: 'body mass index',
    category: 'temporal',
    severity: 'minor',
    explanation: 'The body mass index differs from the one before, up to 30 days earlier, by more than a quarter.',
    applies: `observation_code = '39156-5'`,
    fails:
      'cast(observed_on - earlier_on as int) <= 30 and (body_mass_index * 4 > earlier_index * 5 or body_mass_index * 4 < earlier_index * 3)',
    shows: `'body mass index ' || cast(body_mass_index as string) || ' after ' || cast(earlier_index as string)`,
  },
]);

export const childChecks: readonly Check[] = [
  ...samePatient('diagnoses'),
  ...mainDiagnosis,
  ...codeChecks('diagnoses'),
  ...samePatient('procedures'),
  ...withinLife('procedures', 'procedure_date'),
  ...withinVisit('procedures', 'procedure_date'),
  ...samePatient('observations'),
  ...withinLife('observations', 'observation_date'),
  ...withinVisit('observations', 'observation_date'),
  ...measurements,
];
