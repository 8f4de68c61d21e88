// Fields of a request from which features are worked out, as the pipeline works them out of a row.
import type { Field, Table } from '../../catalog/field.js';
import { patients } from '../../catalog/tables/patients.js';
import { visits } from '../../catalog/tables/visits.js';
import { chapterOfCode, chapterOfWords } from './chapter.js';

/** `blood_pressure` → `bloodpressure`: only letters and digits matter, whatever their case. */
export const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

const derivedFields = [
  'diagnosis_code',
  'diagnosis_system',
  'diagnosis_description',
  'blood_pressure',
  'chronic_conditions',
] as const;
export type DerivedField = (typeof derivedFields)[number];

/** By the plain form of every name that the catalog gives a field that others are worked out from. */
export const derivedFieldNamed: ReadonlyMap<string, DerivedField> = new Map(
  derivedFields.flatMap((name) => namesOf(name).map((known) => [plain(known), name] as const)),
);

/** What is worked out for a feature, or why nothing is. */
export interface Derived {
  readonly feature: string;
  /** The field of the request. */
  readonly field: string;
  readonly value?: number | string;
  readonly problem?: string;
  readonly fault?: string;
}

/** The value of a field of the request, with the name that it has there. */
export type Given = ReadonlyMap<DerivedField, { readonly field: string; readonly raw: unknown }>;

export function derive(given: Given): Derived[] {
  return [...disease(given), ...pressures(given), ...conditions(given)];
}

function disease(given: Given): Derived[] {
  const [code, description] = [given.get('diagnosis_code'), given.get('diagnosis_description')];
  const named = textOf(code?.raw) ? code : description;
  const words = textOf(description?.raw);
  if (!named || !(textOf(code?.raw) || words)) return [];
  const chapter =
    (textOf(code?.raw)
      ? chapterOfCode(textOf(code?.raw), systemOf(textOf(given.get('diagnosis_system')?.raw)))
      : undefined) ?? chapterOfWords(words);
  const { field } = named;
  return chapter
    ? [{ feature: 'disease', field, value: chapter }]
    : [{ feature: 'disease', field, problem: 'The chapter of this diagnosis is not known; it is taken as missing.' }];
}

function pressures(given: Given): Derived[] {
  const found = given.get('blood_pressure');
  const text = textOf(found?.raw);
  if (!found || !text) return [];
  const [, systolic, diastolic] = /^([0-9]{2,3}) ?[/] ?([0-9]{2,3})$/.exec(text) ?? [];
  const { field } = found;
  if (systolic === undefined || diastolic === undefined || Number(systolic) <= Number(diastolic)) {
    return [{ feature: 'systolic', field, fault: 'It must be two numbers, the greater first: 120/80.' }];
  }
  return [
    { feature: 'systolic', field, value: Number(systolic) },
    { feature: 'diastolic', field, value: Number(diastolic) },
  ];
}

function conditions(given: Given): Derived[] {
  const found = given.get('chronic_conditions');
  if (!found || found.raw === null) return [];
  const list = Array.isArray(found.raw) ? found.raw.map(textOf) : textOf(found.raw).split(/[;|]/);
  const value = list.filter((one) => one.trim() !== '').length;
  return [{ feature: 'number_of_chronic_conditions', field: found.field, value }];
}

function namesOf(name: DerivedField): readonly string[] {
  const field = fieldOf(visits, name) ?? fieldOf(patients, name);
  if (!field) throw new Error(`No table has the field ${name}.`);
  return [name, ...field.synonyms];
}

function systemOf(text: string): string | undefined {
  const values = fieldOf(visits, 'diagnosis_system')?.values ?? [];
  return values.find(({ value, synonyms }) => value === text.toLowerCase() || synonyms.includes(text.toLowerCase()))
    ?.value;
}

function fieldOf({ fields }: Table, wanted: string): Field | undefined {
  return fields.find(({ name }) => name === wanted);
}

function textOf(raw: unknown): string {
  return typeof raw === 'string' || typeof raw === 'number' ? String(raw).trim() : '';
}
