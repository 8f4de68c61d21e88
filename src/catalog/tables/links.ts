// The two fields by which a row of one table names its patient and its visit.
import type { Field } from '../field.js';

export const patientLink: Field = {
  name: 'patient_id',
  type: 'text',
  description: 'The patient, by the identifier that the source gives.',
  synonyms: ['mrn', 'patient', 'patient number', 'patient nbr', 'medical record number', 'person id', 'subject id'],
  invalid: 'missing',
  identifier: 'H',
  fhir: null,
};

export const visitLink: Field = {
  name: 'visit_id',
  type: 'text',
  description: 'The visit, by the identifier that the source gives.',
  synonyms: [
    'visit',
    'visit number',
    'visit nbr',
    'encounter',
    'encounter id',
    'encounter number',
    'admission id',
    'hadm id',
    'case id',
    'csn',
    'account number',
  ],
  invalid: 'missing',
  identifier: 'R',
  fhir: null,
};
