// visits, as published: one row for every visit.
import type { PublishedTable } from '../field.js';
import { visits as table } from '../tables/visits.js';
import { disease, patientKnown, source } from './columns.js';

export const visits: PublishedTable = {
  name: table.name,
  grain: table.grain,
  description: table.description,
  key: table.key,
  columns: [
    source,
    ...table.fields,
    patientKnown,
    { name: 'systolic', type: 'integer', unit: 'mmHg', description: 'The first number of the blood pressure.' },
    { name: 'diastolic', type: 'integer', unit: 'mmHg', description: 'The second number of the blood pressure.' },
    {
      name: 'age_at_visit',
      type: 'integer',
      unit: 'a',
      description:
        'Completed years at the visit: from the birth date, else from the age at registration and the dates; the age ' +
        'on the visit where the source has no dates.',
    },
    { name: 'age_group', type: 'text', description: 'The age group of the age at the visit.' },
    { name: 'severity_level', type: 'text', description: 'Low, Medium or High, by the severity score.' },
    disease,
    {
      name: 'visit_number',
      type: 'integer',
      description: "The place of the visit among the patient's, counted from 1 by date or order.",
    },
    {
      name: 'days_since_previous_visit',
      type: 'integer',
      unit: 'd',
      description: "Days from the patient's visit before, counted from the dates; missing for the first.",
    },
    {
      name: 'length_of_stay_days',
      type: 'integer',
      unit: 'd',
      description: 'Days from the visit to the discharge, counted from the dates.',
    },
  ],
};
