// The main diagnosis of a visit, as the source writes it.
import { diagnosisSystems } from '../../codes/code-systems.js';
import type { Field } from '../../field.js';

export const diagnosisFields: readonly Field[] = [
  {
    name: 'diagnosis_system',
    type: 'code',
    description: 'The code system of the main diagnosis.',
    synonyms: [
      ...['code system', 'coding system', 'diagnosis code system', 'diagnosis coding system', 'diagnosis code type'],
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
    description: 'The code of the main diagnosis, as written, with or without its dot.',
    synonyms: [
      ...['icd', 'icd code', 'icd9', 'icd9 code', 'icd10', 'icd10 code', 'icd10cm', 'icd9cm', 'dx', 'dx code'],
      ...['diag', 'diag code', 'primary diagnosis code', 'principal diagnosis code', 'main diagnosis code', 'dx1'],
    ],
    invalid: 'missing',
    fhir: 'Condition.code.coding.code',
  },
  {
    name: 'diagnosis_description',
    type: 'text',
    description: 'The main diagnosis in words.',
    synonyms: [
      ...['diagnosis', 'diagnosis name', 'diagnosis text', 'primary diagnosis', 'principal diagnosis'],
      ...['main diagnosis', 'dx description', 'dx name', 'condition', 'disease', 'reason description'],
    ],
    invalid: 'missing',
    fhir: 'Condition.code.text',
  },
];
