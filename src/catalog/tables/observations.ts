// observations: one row for every value measured or recorded of a patient.
import type { Table } from '../field.js';
import { patientLink, visitLink } from './links.js';

export const observations: Table = {
  name: 'observations',
  grain: 'one row for every observation',
  description: 'Laboratory results, vital signs and other observations, where a source has them.',
  // The value too: two measurements of one day without a time are two, and a file rarely says which corrects which.
  key: [
    ...['patient_id', 'visit_id', 'observation_code', 'observation_description', 'observation_date', 'observed_at'],
    ...['value', 'unit'],
  ],
  oneOf: [
    ['patient_id', 'visit_id'],
    ['observation_code', 'observation_description'],
  ],
  // Every field belongs to the key.
  alike: [],
  references: { patient_id: 'patients', visit_id: 'visits' },
  fields: [
    { ...visitLink, fhir: 'Observation.encounter' },
    { ...patientLink, note: 'Where it is missing, the patient is that of the visit.', fhir: 'Observation.subject' },
    {
      name: 'observation_code',
      type: 'text',
      description: 'What was observed, as a LOINC code or as the source writes it.',
      synonyms: ['code', 'loinc', 'loinc code', 'test code', 'lab code', 'item id', 'result code'],
      invalid: 'missing',
      fhir: 'Observation.code.coding.code',
    },
    {
      name: 'observation_description',
      type: 'text',
      description: 'What was observed, in words.',
      synonyms: [
        ...['description', 'observation', 'observation name', 'test', 'test name', 'lab', 'lab name'],
        ...['component', 'label'],
      ],
      invalid: 'missing',
      fhir: 'Observation.code.text',
    },
    {
      name: 'value',
      type: 'text',
      description: 'The result as written: a number, a code or words.',
      synonyms: ['observation value', 'result', 'result value', 'test result', 'lab value', 'measurement'],
      invalid: 'missing',
      fhir: 'Observation.value[x]',
    },
    {
      name: 'unit',
      type: 'text',
      description: 'The unit of the result.',
      synonyms: ['units', 'value uom', 'uom', 'unit of measure', 'result unit', 'observation unit'],
      invalid: 'missing',
      fhir: 'Observation.valueQuantity.unit',
    },
    {
      name: 'observation_date',
      type: 'date',
      description: 'The day of the observation.',
      synonyms: ['date', 'date observed', 'result date', 'test date', 'lab date', 'chart date', 'measurement date'],
      past: true,
      invalid: 'missing',
      note: 'The visit still says when, to a few days.',
      identifier: 'C',
      fhir: 'Observation.effectiveDateTime',
    },
    {
      name: 'observed_at',
      type: 'timestamp',
      description: 'The local time of the observation.',
      synonyms: [
        ...['time', 'datetime', 'timestamp', 'observation time', 'observation datetime', 'result time', 'chart time'],
        ...['measured at', 'measurement datetime', 'effective'],
      ],
      past: true,
      invalid: 'missing',
      identifier: 'C',
      fhir: 'Observation.effectiveDateTime',
    },
  ],
};
