// Metrics of stays: inpatient episodes, transfers merged, by the day of discharge.
import type { Metric } from './metric.js';

const table = 'stays';

export const stayMetrics: readonly Metric[] = [
  {
    name: 'average_length_of_stay',
    label: 'Average Length of Stay',
    table,
    measure: { kind: 'mean', column: 'length_of_stay_days' },
    definition: 'The mean days from admission to discharge of inpatient stays; a stay within one day has 0.',
    unit: 'd',
    format: '#,##0.0',
  },
  {
    name: 'index_stays',
    label: 'Index Stays',
    table,
    measure: { kind: 'matching', match: { column: 'is_index', equals: true } },
    definition: 'Stays for which a readmission could be counted: ended alive, not against advice, and followed up.',
    format: '#,##0',
  },
  {
    name: 'readmission_rate',
    label: 'Readmission Rate',
    table,
    measure: { kind: 'share', match: { column: 'readmitted_within_30_days', equals: true } },
    definition: 'Index stays that an unplanned readmission within 30 days followed, among index stays.',
    unit: '%',
    format: '#,##0.0',
  },
];
