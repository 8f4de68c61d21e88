// What the source itself counted for a visit. Carelake counts again from the rows; the given figures stay beside.
import type { Field } from '../../field.js';

const days = [
  { unit: 'day', factor: 1, source: 'the same unit' },
  { unit: 'days', factor: 1, source: 'the same unit' },
] as const;

/** A count that a source gives: a whole number from 0 to `max`. */
function count(name: string, max: number, description: string, synonyms: readonly string[]): Field {
  return {
    name,
    type: 'integer',
    min: 0,
    max,
    description,
    synonyms,
    invalid: 'missing',
    note: 'Plausibility: no more than a person can have.',
    fhir: null,
  };
}

export const countFields: readonly Field[] = [
  {
    name: 'length_of_stay',
    type: 'decimal',
    unit: 'd',
    foreignUnits: days,
    min: 0,
    max: 3650,
    scale: 2,
    description: 'The length of the stay as the source gives it.',
    synonyms: [
      ...['los', 'los days', 'length of stay days', 'stay length', 'days in hospital', 'time in hospital'],
      ...['hospital days', 'duration days'],
    ],
    invalid: 'missing',
    note: 'Plausibility: ten years.',
    fhir: 'Encounter.length',
  },
  {
    name: 'previous_visit_gap_days',
    type: 'integer',
    unit: 'd',
    foreignUnits: days,
    min: 0,
    max: 54750,
    description: 'Days since the visit before, as the source gives them.',
    synonyms: [
      'previous visit gap',
      'days since last visit',
      'days since previous visit',
      'visit gap',
      'visit gap days',
    ],
    invalid: 'missing',
    note: 'Plausibility: 150 years.',
    fhir: null,
  },
  count('number_of_previous_visits', 10_000, 'Visits before this one, as the source counts them.', [
    ...['previous visits', 'prior visits', 'num previous visits', 'number of prior visits', 'previous visit count'],
  ]),
  {
    name: 'readmitted_within_30_days',
    type: 'code',
    description: 'Whether the patient was admitted again within 30 days after this visit, as the source says.',
    synonyms: [
      ...['readmitted', 'readmission', 'readmit', 'is readmitted', 'readmitted 30', 'readmitted 30 days', 'readmit 30'],
      ...['readmitted within 30', 'readmitted in 30 days', 'readmission 30 days', '30 day readmission'],
      ...['readmission within 30 days', 'readmitted 30d', 'readmission 30d'],
    ],
    values: [
      { value: 'Yes', synonyms: ['y', 'true', 't', '1', '<30', '< 30', 'readmitted'] },
      { value: 'No', synonyms: ['n', 'false', 'f', '0', '>30', '> 30', 'not readmitted'] },
    ],
    invalid: 'missing',
    note: 'A label of the file counts admissions for any cause, planned or not.',
    fhir: null,
  },
  {
    name: 'readmitted_after_30_days',
    type: 'code',
    description: 'Whether the first admission after this visit came later than 30 days after it, as the source says.',
    synonyms: ['readmitted later', 'late readmission', 'readmission after 30 days'],
    values: [
      { value: 'Yes', synonyms: ['y', 'true', 't', '1', '>30', '> 30'] },
      { value: 'No', synonyms: ['n', 'false', 'f', '0', '<30', '< 30'] },
    ],
    invalid: 'missing',
    fhir: null,
  },
  {
    name: 'medication_changed',
    type: 'code',
    description: 'Whether a drug or its dose was changed during the visit, as the source says.',
    synonyms: ['change', 'medication change', 'drugs changed', 'change of medications'],
    values: [
      { value: 'Yes', synonyms: ['y', 'true', 't', '1', 'ch', 'changed'] },
      { value: 'No', synonyms: ['n', 'false', 'f', '0', 'unchanged'] },
    ],
    invalid: 'missing',
    fhir: null,
  },
  count('num_medications', 1_000, 'Distinct medications given during the visit.', [
    ...['medications', 'number of medications', 'medication count', 'num meds', 'med count'],
  ]),
  count('num_procedures', 1_000, 'Procedures other than laboratory tests during the visit.', [
    ...['procedures', 'number of procedures', 'procedure count'],
  ]),
  count('num_lab_procedures', 10_000, 'Laboratory tests during the visit.', [
    ...['lab procedures', 'number of lab procedures', 'lab procedure count', 'num labs', 'num lab tests', 'lab tests'],
  ]),
  count('num_diagnoses', 1_000, 'Diagnoses entered for the visit.', [
    ...['diagnoses', 'number diagnoses', 'number of diagnoses', 'diagnosis count'],
  ]),
  count('prior_inpatient', 1_000, 'Inpatient visits in the year before.', [
    ...['number inpatient', 'num inpatient', 'inpatient visits', 'prior inpatient visits', 'prior admissions'],
  ]),
  count('prior_emergency', 1_000, 'Emergency visits in the year before.', [
    ...['number emergency', 'num emergency', 'emergency visits', 'prior emergency visits', 'prior ed visits'],
  ]),
  count('prior_outpatient', 1_000, 'Outpatient visits in the year before.', [
    ...['number outpatient', 'num outpatient', 'outpatient visits', 'prior outpatient visits'],
  ]),
];
