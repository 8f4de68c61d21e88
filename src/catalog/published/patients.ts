// patients, as published: one row for every patient.
import type { PublishedTable } from '../field.js';
import { patients as table } from '../tables/patients.js';
import { source } from './columns.js';

export const patients: PublishedTable = {
  name: table.name,
  grain: table.grain,
  description: table.description,
  key: table.key,
  columns: [
    source,
    ...table.fields,
    {
      name: 'age_group',
      type: 'text',
      description: 'The age group of the age in this row: 0-17, 18-34, 35-49, 50-64 or 65+.',
    },
    {
      name: 'bmi_category',
      type: 'text',
      description: 'Underweight, Normal, Overweight or Obese; missing below the age of 20, or where no age is known.',
    },
  ],
};
