// Metrics of prescriptions.
import type { Metric } from './metric.js';

export const prescriptionMetrics: readonly Metric[] = [
  {
    name: 'total_prescriptions',
    label: 'Total Prescriptions',
    table: 'prescriptions',
    measure: { kind: 'rows' },
    definition: 'Prescriptions, with or without a visit.',
    format: '#,##0',
  },
];
