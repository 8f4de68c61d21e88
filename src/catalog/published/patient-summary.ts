// patient_summary: one row for every patient, with what their visits add up to on the day of the run.
import type { Field, PublishedTable } from '../field.js';
import { patients } from '../tables/patients.js';
import { source } from './columns.js';

/** Fields of the patient that stand in the summary as they are. */
function carried(...names: readonly string[]): readonly Field[] {
  return patients.fields.filter(({ name }) => names.includes(name));
}

export const patientSummary: PublishedTable = {
  name: 'patient_summary',
  grain: 'one row for every patient',
  description: 'Each patient with what their visits, stays and prescriptions add up to, as of the run.',
  key: ['patient_id'],
  columns: [
    source,
    ...carried('patient_id', 'gender'),
    { name: 'age', type: 'integer', unit: 'a', description: 'Completed years on the day of the run, or at death.' },
    { name: 'age_group', type: 'text', description: 'The age group of that age.' },
    ...carried('bmi'),
    {
      name: 'bmi_category',
      type: 'text',
      description: 'Underweight, Normal, Overweight or Obese; missing below the age of 20.',
    },
    ...carried('location', 'smoker_status', 'chronic_conditions', 'insurance_type'),
    { name: 'first_visit_date', type: 'date', description: 'The day of the first visit.', identifier: 'C' },
    { name: 'last_visit_date', type: 'date', description: 'The day of the latest visit.', identifier: 'C' },
    { name: 'visits', type: 'integer', description: 'Visits of every type.' },
    { name: 'inpatient_visits', type: 'integer', description: 'Visits of the type inpatient.' },
    { name: 'emergency_visits', type: 'integer', description: 'Visits of the type emergency.' },
    { name: 'outpatient_visits', type: 'integer', description: 'Visits of the type outpatient.' },
    { name: 'prescriptions', type: 'integer', description: 'Prescriptions.' },
    { name: 'stays', type: 'integer', description: 'Inpatient episodes, transfers merged.' },
    { name: 'index_stays', type: 'integer', description: 'Stays for which a readmission could be counted.' },
    { name: 'readmissions', type: 'integer', description: 'Index stays that a readmission within 30 days followed.' },
    { name: 'days_in_hospital', type: 'integer', unit: 'd', description: 'The lengths of all stays together.' },
    {
      name: 'last_severity_score',
      type: 'decimal',
      description: 'The severity score of the latest visit that has one.',
    },
    { name: 'last_severity_level', type: 'text', description: 'The level of that score: Low, Medium or High.' },
    { name: 'average_severity', type: 'decimal', description: 'The mean severity score of the visits that have one.' },
    { name: 'died', type: 'boolean', description: 'Whether a death date or a discharge says that the patient died.' },
  ],
};
