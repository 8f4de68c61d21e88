// diagnoses: one row for every diagnosis of a visit.
import { diagnosisSystems } from '../codes/code-systems.js';
import type { Table } from '../field.js';
import { patientLink, visitLink } from './links.js';

export const diagnoses: Table = {
  name: 'diagnoses',
  grain: 'one row for every diagnosis of a visit',
  description: 'All diagnoses of a visit, the main one among them, where a source has them.',
  // Ranks may be missing or shared (all secondary diagnoses "2"), so what the diagnosis is identifies it too.
  key: ['visit_id', 'rank', 'diagnosis_code', 'diagnosis_description'],
  oneOf: [['diagnosis_code', 'diagnosis_description']],
  // Every field that tells rows apart belongs to the key.
  alike: [],
  references: { visit_id: 'visits', patient_id: 'patients' },
  fields: [
    { ...visitLink, required: true, invalid: 'reject', fhir: 'Condition.encounter' },
    { ...patientLink, note: 'Where it is missing, the patient is that of the visit.', fhir: 'Condition.subject' },
    {
      name: 'rank',
      type: 'integer',
      min: 1,
      max: 1000,
      description: 'The place of the diagnosis among those of the visit; 1 is the main one.',
      synonyms: [
        ...['sequence', 'sequence number', 'seq num', 'seq', 'position', 'order', 'diagnosis rank', 'diagnosis number'],
        ...['diagnosis sequence', 'priority', 'dx number'],
      ],
      invalid: 'missing',
      note: 'Plausibility. A diagnosis without a place is still a diagnosis.',
      fhir: 'Encounter.diagnosis.rank',
    },
    {
      name: 'diagnosis_system',
      type: 'code',
      description: 'The code system of the code.',
      synonyms: [
        ...['system', 'code system', 'coding system', 'diagnosis code system', 'diagnosis code type'],
        ...['dx system', 'dx type', 'icd version', 'icd type'],
      ],
      values: diagnosisSystems,
      invalid: 'missing',
      note: 'Without it, the chapter of a code is found from the form of the code.',
      fhir: 'Condition.code.coding.system',
    },
    {
      name: 'diagnosis_code',
      type: 'text',
      description: 'The code of the diagnosis, as written, with or without its dot.',
      synonyms: [
        ...['code', 'diag code', 'diag', 'icd', 'icd code', 'icd9', 'icd9 code', 'icd10', 'icd10 code', 'dx'],
        ...['dx code', 'condition code'],
      ],
      invalid: 'missing',
      fhir: 'Condition.code.coding.code',
    },
    {
      name: 'diagnosis_description',
      type: 'text',
      description: 'The diagnosis in words.',
      synonyms: [
        ...['description', 'diagnosis', 'diagnosis name', 'diagnosis text', 'dx description', 'dx name'],
        ...['condition', 'disease', 'long title'],
      ],
      invalid: 'missing',
      fhir: 'Condition.code.text',
    },
  ],
};
