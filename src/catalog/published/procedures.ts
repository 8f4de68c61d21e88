// procedures, as published: one row for every procedure.
import type { PublishedTable } from '../field.js';
import { procedures as table } from '../tables/procedures.js';
import { patientKnown, source, visitKnown } from './columns.js';

export const procedures: PublishedTable = {
  name: table.name,
  grain: table.grain,
  description: table.description,
  key: table.key,
  columns: [source, ...table.fields, patientKnown, visitKnown],
};
