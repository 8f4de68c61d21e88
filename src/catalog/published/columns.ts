// Derived columns that stand in several published tables with one meaning.
import type { DerivedColumn } from '../field.js';

export const source: DerivedColumn = {
  name: 'source',
  type: 'text',
  description:
    "The name-space of the row's identifiers: `default` for a hospital's own files, else the name of the source.",
};

export const patientKnown: DerivedColumn = {
  name: 'patient_known',
  type: 'boolean',
  description: 'Whether the patient of the row is in the table patients; false for an orphan.',
};

export const visitKnown: DerivedColumn = {
  name: 'visit_known',
  type: 'boolean',
  description: 'Whether the visit of the row is in the table visits; missing where the row names none.',
};

export const disease: DerivedColumn = {
  name: 'disease',
  type: 'text',
  description: 'The chapter of the main diagnosis: by its code, else by known words of its description.',
};
