// Checks of the form of diagnosis codes, in each table that has them.
import type { Check } from './check.js';
import { rowChecks } from './rows.js';

/** ICD-10 (WHO, -CM): a letter, a digit, a digit or letter, then up to four more behind a dot that is often left out. */
const icd10 = '[A-Za-z][0-9][0-9A-Za-z]([.]?[0-9A-Za-z]{1,4})?';
/** ICD-9-CM: three digits, V and two, E and three, then up to two more; leading zeros are often lost. */
const icd9 = '([0-9]{1,3}([.][0-9]{1,2})?|[0-9]{4,5}|[Vv][0-9]{2}([.]?[0-9]{1,2})?|[Ee][0-9]{3}([.]?[0-9])?)';
/** A SNOMED CT identifier has 6 to 18 digits (SNOMED International, Release File Specification, SCTID). */
const snomed = '[0-9]{6,18}';

const forms = [
  { name: 'icd_10_form', what: 'of the system icd-10', where: `diagnosis_system = 'icd-10'`, pattern: icd10 },
  { name: 'icd_9_form', what: 'of the system icd-9-cm', where: `diagnosis_system = 'icd-9-cm'`, pattern: icd9 },
  { name: 'snomed_form', what: 'of the system snomed', where: `diagnosis_system = 'snomed'`, pattern: snomed },
  {
    name: 'form',
    what: 'without a system',
    where: 'diagnosis_system is null',
    pattern: `(${icd10}|${icd9}|${snomed})`,
  },
] as const;

export const codeChecks = (table: 'visits' | 'diagnoses'): Check[] => [
  ...rowChecks(
    table,
    forms.map(({ name, what, where, pattern }) => ({
      name: `diagnosis_code.${name}`,
      field: 'diagnosis_code',
      category: 'value',
      severity: 'minor',
      explanation: `A diagnosis code ${what} has not the form of one.`,
      applies: `${where} and diagnosis_code is not null`,
      fails: { column: 'diagnosis_code', pattern },
      shows: 'diagnosis_code',
    })),
  ),
  ...rowChecks(table, [
    {
      name: 'disease.chapter',
      field: 'diagnosis_code',
      category: 'value',
      severity: 'minor',
      threshold: 0.05,
      explanation:
        'No chapter of diseases can be found for the diagnosis, neither by its code nor by its description. SNOMED CT has no such chapters, so its codes are left out.',
      applies: `coalesce(diagnosis_code, diagnosis_description) is not null and coalesce(diagnosis_system, '') <> 'snomed'`,
      fails: 'disease is null',
      shows: `coalesce(diagnosis_code, '') || ' ' || coalesce(diagnosis_description, '')`,
    },
    {
      name: 'disease.sex',
      field: 'diagnosis_code',
      category: 'atemporal',
      severity: 'minor',
      explanation: 'A man has a diagnosis of pregnancy and birth.',
      applies: 'disease is not null and patient_known',
      fails: `disease = 'Pregnancy and birth' and patient_gender = 'Male'`,
      shows: `coalesce(diagnosis_code, diagnosis_description)`,
    },
  ]),
];
