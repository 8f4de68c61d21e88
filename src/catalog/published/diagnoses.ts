// diagnoses, as published: one row for every diagnosis of a visit.
import type { PublishedTable } from '../field.js';
import { diagnoses as table } from '../tables/diagnoses.js';
import { disease, patientKnown, source, visitKnown } from './columns.js';

export const diagnoses: PublishedTable = {
  name: table.name,
  grain: table.grain,
  description: table.description,
  key: table.key,
  columns: [
    source,
    ...table.fields,
    patientKnown,
    visitKnown,
    { ...disease, description: 'The chapter of the diagnosis: by its code, else by known words of its description.' },
  ],
};
