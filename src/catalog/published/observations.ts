// observations, as published: one row for every observation.
import type { PublishedTable } from '../field.js';
import { observations as table } from '../tables/observations.js';
import { patientKnown, source, visitKnown } from './columns.js';

export const observations: PublishedTable = {
  name: table.name,
  grain: table.grain,
  description: table.description,
  key: table.key,
  columns: [source, ...table.fields, patientKnown, visitKnown],
};
