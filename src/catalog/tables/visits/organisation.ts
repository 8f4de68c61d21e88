// Where a visit took place and who paid for it.
import type { Field } from '../../field.js';

export const organisationFields: readonly Field[] = [
  {
    name: 'specialty',
    type: 'text',
    description: 'The specialty of the physician or department.',
    synonyms: ['medical specialty', 'physician specialty', 'speciality', 'department', 'service', 'ward'],
    invalid: 'missing',
    fhir: 'Encounter.serviceType.text',
  },
  {
    name: 'payer',
    type: 'text',
    description: 'Who pays for the visit, as the source writes it.',
    synonyms: ['payer code', 'payor', 'primary payer', 'insurance', 'insurance type', 'insurer', 'health plan'],
    invalid: 'missing',
    fhir: 'Coverage.payor',
  },
  {
    name: 'facility',
    type: 'text',
    description: 'The hospital or site.',
    synonyms: [
      ...['hospital', 'hospital name', 'hospital id', 'facility name', 'facility id', 'site', 'site name'],
      ...['organization', 'organisation', 'provider organization', 'clinic name'],
    ],
    invalid: 'missing',
    fhir: 'Encounter.serviceProvider',
  },
];
