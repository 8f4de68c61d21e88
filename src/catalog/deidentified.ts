// What of a published column may be told of nobody in particular: the Safe Harbor method of HIPAA, 45 CFR 164.514(b)(2), by the
// column's identifier class. What no rule here lets through is not told: a column that is added is hidden until it is decided on.
import type { DerivedColumn, Field, PublishedTable } from './field.js';

type Column = Field | DerivedColumn;

/** What becomes of a column's values. */
export type Disclosure =
  /** They are told as they are. */
  | { readonly as: 'is' }
  /** A random code stands for them, the same wherever the table is named. Classes H and R: 164.514(b)(2)(i)(H), (R), (c). */
  | { readonly as: 'code'; readonly of: 'patients' | 'visits' | 'prescriptions' }
  /** The year alone: (i)(C). Of a birth nothing, where it says that somebody is above 89. */
  | { readonly as: 'year'; readonly birth: boolean }
  /** Completed years, 90 for all above 89: (i)(C). */
  | { readonly as: 'age' }
  /** The state, or the first three digits of a ZIP code: (i)(B). */
  | { readonly as: 'place' }
  /** Texts that are of this form, without regard to case, and no others: what else people write there may be anything. */
  | { readonly as: 'matching'; readonly pattern: string }
  /** Of a list those that are of this form. */
  | { readonly as: 'matching of a list'; readonly pattern: string };

const is: Disclosure = { as: 'is' };

/** Texts that Carelake derives from lists of its own, or that an operator gives. */
const derivedTexts: ReadonlySet<string> = new Set([
  ...['source', 'age_group', 'bmi_category', 'severity_level', 'last_severity_level', 'disease'],
  ...['planned_basis', 'exclusion_reason', 'readmission_basis'],
]);

/** In `stays` they are copies of codes of the visit. */
const copiedCodes: ReadonlySet<string> = new Set(['admission_type', 'discharge_disposition']);

const words = (list: string): string => list.replaceAll(', ', '|');

const icd = '[A-Z][0-9][0-9A-Z]([.]?[0-9A-Z]{1,4})?|[0-9]{3}([.][0-9]{1,2})?|[VE][0-9]{2,3}([.][0-9]{1,2})?';

/** Codes are told by their form: six digits and more may be a record's number, and are told of no column but drugs. */
const patterns: Readonly<Record<string, string>> = {
  diagnosis_code: icd,
  procedure_code: `${icd}|[0-9]{2}[.][0-9]{1,2}|[0-9]{4}[0-9A-Z]|[0-9][0-9A-HJ-NP-Z]{6}`,
  // LOINC
  observation_code: '[0-9]{1,5}-[0-9]',
  // RxNorm
  drug_code: '[0-9]{2,7}',
  a1c_result: '([<>]=?)?[0-9]{1,2}([.][0-9]+)?%?|norm|normal|none',
  glucose_band: '([<>]=?)?[0-9]{1,3}([.][0-9]+)?|norm|normal|none',
  value: '[<>]?=?-?[0-9]{1,5}([.][0-9]{1,4})?',
  // The categories of OMB Directive 15, and how the sources that Carelake reads spell them.
  race: words(
    'white, black, black or african american, african american, africanamerican, caucasian, asian, hispanic, hispanic or latino, latino, native, american indian or alaska native, native hawaiian or other pacific islander, pacific islander, hawaiian, other, unknown, multiple',
  ),
  chronic_conditions: words(
    'diabetes, type 1 diabetes, type 2 diabetes, hypertension, asthma, copd, cancer, heart failure, heart disease, coronary artery disease, atrial fibrillation, stroke, chronic kidney disease, kidney disease, liver disease, obesity, hyperlipidemia, depression, anxiety, dementia, epilepsy, arthritis, osteoporosis, anemia, hypothyroidism, hiv',
  ),
};

const codeTables: Readonly<Record<string, 'patients' | 'visits' | 'prescriptions'>> = {
  patient_id: 'patients',
  visit_id: 'visits',
  // A stay is named by its first visit.
  stay_id: 'visits',
  first_visit_id: 'visits',
  last_visit_id: 'visits',
  next_stay_id: 'visits',
  prescription_id: 'prescriptions',
};

/** Undefined where nothing of the column is told. */
export function disclosureOf(column: Column): Disclosure | undefined {
  const { name, type, identifier } = column;
  switch (identifier) {
    case 'A':
      return undefined;
    case 'B':
      return { as: 'place' };
    case 'C':
      return type === 'date' || type === 'timestamp' ? { as: 'year', birth: name === 'birth_date' } : undefined;
    case 'H':
    case 'R': {
      const of = codeTables[name];
      return of && { as: 'code', of };
    }
    case undefined:
      return plain(column);
  }
}

function plain({ name, type, ...column }: Column): Disclosure | undefined {
  const pattern = patterns[name];
  switch (type) {
    case 'integer':
      return column.unit === 'a' ? { as: 'age' } : is;
    case 'decimal':
    case 'boolean':
    case 'blood-pressure':
    case 'code':
      return is;
    case 'list':
      return pattern === undefined ? undefined : { as: 'matching of a list', pattern };
    case 'text':
      if (pattern !== undefined) return { as: 'matching', pattern };
      return derivedTexts.has(name) || copiedCodes.has(name) || column.values ? is : undefined;
    default:
      return undefined;
  }
}

/** The column of the table by whose date its ages are counted: who was 80 twenty years ago is above 89 today. */
export const ageDates: Readonly<Record<string, string>> = {
  patients: 'registration_date',
  visits: 'visit_date',
  stays: 'admitted_on',
};

/** The table as it is told, with a column for each that something may be told of. */
export function deidentifiedTable(table: PublishedTable): PublishedTable {
  const columns = table.columns.flatMap((column) => {
    const disclosure = disclosureOf(column);
    return disclosure ? [toldColumn(column, disclosure)] : [];
  });
  const key = table.key.filter((name) => columns.some((column) => column.name === name));
  return { ...table, description: `${table.description} De-identified.`, key, columns };
}

export const yearName = (name: string): string => name.replace(/_(date|at|on)$/, '_year');

function toldColumn(column: Column, { as }: Disclosure): DerivedColumn | Field {
  const { name, description } = column;
  const unit = column.unit === undefined ? {} : { unit: column.unit };
  switch (as) {
    case 'is':
      return column;
    case 'code':
      return { name, type: 'text', description: `${description} A random code stands for it.` };
    case 'year':
      return { name: yearName(name), type: 'integer', description: `The year of it alone. ${description}` };
    case 'age':
      return { name, type: 'integer', ...unit, description: `${description} 90 stands for everybody above 89.` };
    case 'place':
      return { name, type: 'text', description: 'The state, or the first three digits of the ZIP code.' };
    case 'matching':
      return { name, type: 'text', description: `${description} Only where it is of the usual form.` };
    case 'matching of a list':
      return { name, type: 'list', description: `${description} Only those that are common.` };
  }
}
