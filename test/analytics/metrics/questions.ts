// Questions of every shape, for the tests that compare engines and pin SQL.
import type { MetricQuery } from '../../../src/analytics/metrics/query.js';
import { metrics } from '../../../src/catalog/metrics.js';
import { hostileTown } from './hospital.js';

const of = (table: string): string[] => metrics.filter((metric) => metric.table === table).map(({ name }) => name);

export const questions: Readonly<Record<string, MetricQuery>> = {
  everything: { metrics: metrics.map(({ name }) => name) },
  'patients by age group and gender': { metrics: of('patient_summary'), by: ['age_group', 'gender'] },
  'visits of patients by gender and quarter': { metrics: of('visits'), by: ['gender', 'quarter'] },
  'stays by what their first visit was': {
    metrics: of('stays'),
    by: ['severity_level', 'year'],
    where: { visit_type: 'inpatient', insurance: { not: ['Private'] } },
  },
  'prescriptions by drug category and disease': {
    metrics: ['total_prescriptions'],
    by: ['drug_category', 'disease'],
    where: { location: [hostileTown, null], month: { from: '2022-02', to: '2023-06' } },
  },
  'the ratio by place, filtered by period and patient': {
    metrics: ['prescriptions_per_visit', 'patients_seen'],
    by: ['facility'],
    where: { quarter: ['2022-Q4', null], age_group: { not: ['0-17', null] }, source: { not: [null] } },
  },
  'beside the year before': {
    metrics: ['total_visits', 'average_severity', 'readmission_rate'],
    by: ['month'],
    where: { year: '2023' },
    compare: 'previous',
  },
};
