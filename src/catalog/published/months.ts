// months: one row for every source, month and facility in which there was a visit or a discharge.
import type { PublishedTable } from '../field.js';
import { source } from './columns.js';

export const months: PublishedTable = {
  name: 'months',
  grain: 'one row for every source, month and facility',
  description: 'What happened month by month, by the day of the visit; sources without dates have no rows.',
  key: ['source', 'month', 'facility'],
  columns: [
    source,
    { name: 'month', type: 'text', description: 'The month as YYYY-MM.' },
    { name: 'facility', type: 'text', description: 'The hospital or site; missing where the visits name none.' },
    { name: 'visits', type: 'integer', description: 'Visits of every type.' },
    { name: 'inpatient_visits', type: 'integer', description: 'Visits of the type inpatient.' },
    { name: 'emergency_visits', type: 'integer', description: 'Visits of the type emergency.' },
    { name: 'outpatient_visits', type: 'integer', description: 'Visits of the type outpatient.' },
    { name: 'patients', type: 'integer', description: 'Distinct patients with a visit.' },
    { name: 'new_patients', type: 'integer', description: 'Patients whose first visit it was.' },
    { name: 'index_stays', type: 'integer', description: 'Index stays discharged in the month.' },
    { name: 'readmissions', type: 'integer', description: 'Those of them that a readmission within 30 days followed.' },
    { name: 'deaths', type: 'integer', description: 'Visits of the month that ended with the death of the patient.' },
    {
      name: 'average_length_of_stay',
      type: 'decimal',
      unit: 'd',
      description: 'The mean length of the stays discharged in the month.',
    },
    { name: 'average_severity', type: 'decimal', description: 'The mean severity score of the visits that have one.' },
  ],
};
