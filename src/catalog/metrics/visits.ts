// Metrics of visits, of every type.
import { visitOfPrescription } from './facts.js';
import type { Match, Metric } from './metric.js';

const table = 'visits';

function count(name: string, label: string, match: Match, definition: string): Metric {
  return { name, label, table, measure: { kind: 'matching', match }, definition, format: '#,##0' };
}

export const visitMetrics: readonly Metric[] = [
  {
    name: 'total_visits',
    label: 'Total Visits',
    table,
    measure: { kind: 'rows' },
    definition: 'Visits of every type, those of patients who are not registered among them.',
    format: '#,##0',
  },
  {
    name: 'patients_seen',
    label: 'Patients Seen',
    table,
    measure: { kind: 'distinct', column: 'patient_id' },
    definition: 'Different patients with at least one visit.',
    format: '#,##0',
  },
  {
    name: 'average_severity',
    label: 'Average Severity',
    table,
    measure: { kind: 'mean', column: 'severity_score' },
    definition: 'The mean severity score of visits, from 0 to 10.',
    format: '#,##0.00',
  },
  count(
    'high_severity_visits',
    'High Severity Visits',
    { column: 'severity_level', equals: 'High' },
    'Visits whose severity score is classed High.',
  ),
  count(
    'deaths',
    'Deaths',
    { column: 'discharge_disposition', equals: 'died' },
    'Visits that ended with the death of the patient; deaths elsewhere are not among them.',
  ),
  count(
    'emergency_visits',
    'Emergency Visits',
    { column: 'visit_type', equals: 'emergency' },
    'Visits of the type emergency; a stay that began in the emergency room is inpatient.',
  ),
  count(
    'new_patients',
    'New Patients',
    { column: 'visit_number', equals: 1 },
    'Visits that are the first known of their patient, and so the patients who came for the first time.',
  ),
  {
    name: 'prescriptions_per_visit',
    label: 'Prescriptions per Visit',
    table,
    measure: { kind: 'per', rowsOf: visitOfPrescription },
    definition: 'Prescriptions that name a visit, for each visit; grouped and filtered by what that visit was.',
    format: '#,##0.00',
  },
];
