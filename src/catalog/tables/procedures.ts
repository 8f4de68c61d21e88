// procedures: one row for every procedure done to a patient.
import { procedureSystems } from '../codes/code-systems.js';
import type { Table } from '../field.js';
import { patientLink, visitLink } from './links.js';

export const procedures: Table = {
  name: 'procedures',
  grain: 'one row for every procedure',
  description: 'Operations and other procedures, where a source has them.',
  // `rank` tells apart the same procedure done twice on one day, where the source numbers them.
  key: ['patient_id', 'visit_id', 'procedure_code', 'procedure_description', 'procedure_date', 'rank'],
  oneOf: [
    ['patient_id', 'visit_id'],
    ['procedure_code', 'procedure_description'],
  ],
  // Every field but the code system belongs to the key.
  alike: [],
  references: { patient_id: 'patients', visit_id: 'visits' },
  fields: [
    { ...visitLink, fhir: 'Procedure.encounter' },
    { ...patientLink, note: 'Where it is missing, the patient is that of the visit.', fhir: 'Procedure.subject' },
    {
      name: 'rank',
      type: 'integer',
      min: 1,
      max: 1000,
      description: 'The place of the procedure among those of the visit.',
      synonyms: [
        ...['sequence', 'sequence number', 'seq num', 'seq', 'position', 'order', 'procedure rank'],
        ...['procedure number', 'procedure sequence'],
      ],
      invalid: 'missing',
      note: 'Plausibility.',
      fhir: null,
    },
    {
      name: 'procedure_system',
      type: 'code',
      description: 'The code system of the code.',
      synonyms: [
        ...['system', 'code system', 'coding system', 'procedure code system', 'procedure code type'],
        ...['icd version', 'icd type'],
      ],
      values: procedureSystems,
      invalid: 'missing',
      fhir: 'Procedure.code.coding.system',
    },
    {
      name: 'procedure_code',
      type: 'text',
      description: 'The code of the procedure, as written.',
      synonyms: [
        ...['code', 'proc code', 'icd procedure code', 'px', 'px code', 'cpt'],
        ...['cpt code', 'hcpcs', 'hcpcs code', 'hcpcs cd'],
      ],
      invalid: 'missing',
      fhir: 'Procedure.code.coding.code',
    },
    {
      name: 'procedure_description',
      type: 'text',
      description: 'The procedure in words.',
      synonyms: ['description', 'procedure', 'procedure name', 'procedure text', 'px description', 'long title'],
      invalid: 'missing',
      fhir: 'Procedure.code.text',
    },
    {
      name: 'procedure_date',
      type: 'date',
      description: 'The day on which it was done.',
      synonyms: [
        ...['date', 'date of procedure', 'performed', 'performed on', 'performed date', 'performed at', 'start'],
        ...['start date', 'chart date', 'px date'],
      ],
      past: true,
      invalid: 'missing',
      note: 'The visit still says when, to a few days.',
      identifier: 'C',
      fhir: 'Procedure.performedDateTime',
    },
  ],
};
