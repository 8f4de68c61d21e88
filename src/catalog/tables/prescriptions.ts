// prescriptions: one row for every drug prescribed.
import type { Field, Table } from '../field.js';
import { patientLink, visitLink } from './links.js';
import { drugCategory } from './prescriptions/drug-category.js';
import { supplyFields } from './prescriptions/supply.js';

const fields: readonly Field[] = [
  {
    name: 'prescription_id',
    type: 'text',
    description: 'The identifier of the prescription in its source.',
    synonyms: ['prescription', 'prescription number', 'rx', 'rx id', 'rx number', 'order id', 'medication order id'],
    required: true,
    invalid: 'reject',
    identifier: 'R',
    fhir: 'MedicationRequest.identifier.value',
  },
  {
    ...patientLink,
    note: 'Where it is missing, the patient is that of the visit.',
    fhir: 'MedicationRequest.subject',
  },
  { ...visitLink, fhir: 'MedicationRequest.encounter' },
  {
    name: 'drug_name',
    type: 'text',
    description: 'The drug, as the source names it.',
    synonyms: [
      ...['medication', 'medication name', 'drug', 'medicine', 'medicine name', 'med name', 'generic name'],
      ...['product name', 'drug description', 'medication description', 'description'],
    ],
    required: true,
    invalid: 'reject',
    fhir: 'MedicationRequest.medicationCodeableConcept.text',
  },
  {
    name: 'drug_code',
    type: 'text',
    description: 'The code of the drug in RxNorm, or as the source writes it.',
    synonyms: ['rxnorm', 'rxnorm code', 'rxcui', 'ndc', 'medication code', 'code', 'medicine code'],
    invalid: 'missing',
    fhir: 'MedicationRequest.medicationCodeableConcept.coding.code',
  },
  drugCategory,
  ...supplyFields,
];

export const prescriptions: Table = {
  name: 'prescriptions',
  grain: 'one row for every prescription',
  description: 'Drugs prescribed to a patient, during a visit or apart from one.',
  key: ['prescription_id'],
  oneOf: [['patient_id', 'visit_id']],
  alike: ['patient_id', 'drug_name', 'prescribed_date'],
  references: { patient_id: 'patients', visit_id: 'visits' },
  fields,
};
