// prescriptions, as published: one row for every prescription.
import type { PublishedTable } from '../field.js';
import { prescriptions as table } from '../tables/prescriptions.js';
import { patientKnown, source, visitKnown } from './columns.js';

export const prescriptions: PublishedTable = {
  name: table.name,
  grain: table.grain,
  description: table.description,
  key: table.key,
  columns: [source, ...table.fields, patientKnown, visitKnown],
};
