// The code systems in which diagnoses and procedures are written, with the names that files, HL7 v2 (table 0396),
// FHIR (system URIs) and CDA (object identifiers) give them.
import type { AllowedValue } from '../field.js';

const snomed: AllowedValue = {
  value: 'snomed',
  synonyms: [
    'snomed ct',
    'snomed-ct',
    'snomedct',
    'snomed ct us',
    'sct',
    'sm',
    'http://snomed.info/sct',
    '2.16.840.1.113883.6.96',
  ],
};

export const diagnosisSystems: readonly AllowedValue[] = [
  {
    value: 'icd-9-cm',
    synonyms: [
      'icd-9',
      'icd9',
      'icd 9',
      'icd9cm',
      'icd9-cm',
      'icd-9cm',
      'icd 9 cm',
      'i9',
      'i9c',
      '9',
      '09',
      'http://hl7.org/fhir/sid/icd-9-cm',
      '2.16.840.1.113883.6.103',
    ],
  },
  {
    value: 'icd-10',
    synonyms: [
      'icd10',
      'icd 10',
      'icd-10-cm',
      'icd10cm',
      'icd10-cm',
      'icd-10cm',
      'icd 10 cm',
      'icd-10-who',
      'icd-10-gm',
      'i10',
      'i10c',
      '10',
      'http://hl7.org/fhir/sid/icd-10',
      'http://hl7.org/fhir/sid/icd-10-cm',
      '2.16.840.1.113883.6.3',
      '2.16.840.1.113883.6.90',
    ],
  },
  snomed,
];

export const procedureSystems: readonly AllowedValue[] = [
  {
    value: 'icd-9-cm',
    synonyms: [
      'icd-9',
      'icd9',
      'icd 9',
      'icd9cm',
      'icd9-cm',
      'icd-9-pcs',
      'i9',
      'i9c',
      'i9cp',
      '9',
      '09',
      'http://hl7.org/fhir/sid/icd-9-cm',
      '2.16.840.1.113883.6.104',
    ],
  },
  {
    value: 'icd-10-pcs',
    synonyms: [
      'icd10pcs',
      'icd10-pcs',
      'icd-10pcs',
      'icd 10 pcs',
      'icd-10',
      'icd10',
      'icd 10',
      'i10p',
      '10',
      'http://www.cms.gov/medicare/coding/icd10',
      'http://hl7.org/fhir/sid/icd-10-pcs',
      '2.16.840.1.113883.6.4',
    ],
  },
  {
    value: 'cpt',
    synonyms: ['cpt-4', 'cpt4', 'c4', 'http://www.ama-assn.org/go/cpt', '2.16.840.1.113883.6.12'],
  },
  {
    value: 'hcpcs',
    synonyms: ['hcpcs level ii', 'hcpt', 'hc', '2.16.840.1.113883.6.285'],
  },
  snomed,
];
