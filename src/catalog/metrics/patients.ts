// Metrics of patients: what they are on the day of the run, one row of patient_summary each.
import type { Metric } from './metric.js';

const table = 'patient_summary';

function count(name: string, label: string, column: string, equals: string, definition: string): Metric {
  return { name, label, table, measure: { kind: 'matching', match: { column, equals } }, definition, format: '#,##0' };
}

const weight = (category: string): Metric =>
  count(
    category.toLowerCase(),
    category,
    'bmi_category',
    category,
    `Adult patients whose body mass index is classed ${category}.`,
  );

const severity = (level: string): Metric =>
  count(
    `${level.toLowerCase()}_severity_patients`,
    `${level} Severity Patients`,
    'last_severity_level',
    level,
    `Patients whose last visit with a severity score was ${level}.`,
  );

export const patientMetrics: readonly Metric[] = [
  {
    name: 'total_patients',
    label: 'Total Patients',
    table,
    measure: { kind: 'rows' },
    definition: 'Patients that are registered, with or without visits.',
    format: '#,##0',
  },
  {
    name: 'average_age',
    label: 'Average Age',
    table,
    measure: { kind: 'mean', column: 'age' },
    definition: 'The mean age in completed years on the day of the run, or at death.',
    unit: 'a',
    format: '#,##0.0',
  },
  {
    name: 'average_bmi',
    label: 'Average BMI',
    table,
    measure: { kind: 'mean', column: 'bmi' },
    definition: 'The mean body mass index, children among them.',
    unit: 'kg/m2',
    format: '#,##0.0',
  },
  {
    name: 'smokers_percent',
    label: 'Smokers %',
    table,
    measure: { kind: 'share', match: { column: 'smoker_status', equals: 'Current' } },
    definition: 'Current smokers among the patients whose smoking status is known; former smokers are none.',
    unit: '%',
    format: '#,##0.0',
  },
  count('male', 'Male', 'gender', 'Male', 'Patients whose recorded gender is Male.'),
  count('female', 'Female', 'gender', 'Female', 'Patients whose recorded gender is Female.'),
  weight('Underweight'),
  weight('Normal'),
  weight('Overweight'),
  weight('Obese'),
  severity('High'),
  severity('Medium'),
  severity('Low'),
  {
    name: 'high_severity_patients_percent',
    label: 'High Severity Patients %',
    table,
    measure: { kind: 'share', match: { column: 'last_severity_level', equals: 'High' } },
    definition: 'Patients whose last visit with a severity score was High, among those who have such a visit.',
    unit: '%',
    format: '#,##0.0',
  },
];
