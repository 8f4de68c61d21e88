// Features that are fields of a table: unit, bounds, allowed values and synonyms are those of the field.
import type { Field, Table } from '../field.js';
import { patients } from '../tables/patients.js';
import { visits } from '../tables/visits.js';
import type { Feature, Known, Origin } from './feature.js';

interface Own {
  readonly label: string;
  readonly known: Known;
  readonly definition?: string;
  readonly name?: string;
  readonly synonyms?: readonly string[];
  /** Synonyms of the field that mean another feature here. */
  readonly without?: readonly string[];
  readonly origin?: Origin;
  readonly only?: Feature['only'];
}

export const ofPatient = (column: string, own: Omit<Own, 'known'>): Feature =>
  feature(patients, column, { kind: 'patient', column }, { ...own, known: 'registration' });

export const ofVisit = (column: string, own: Own): Feature => feature(visits, column, { kind: 'visit', column }, own);

function feature(table: Table, column: string, found: Origin, own: Own): Feature {
  const field = table.fields.find(({ name }) => name === column);
  if (!field) throw new Error(`The table ${table.name} has no field "${column}".`);
  const {
    label,
    known,
    definition = field.description,
    name = column,
    synonyms = [],
    without = [],
    origin = found,
    only,
  } = own;
  return {
    name,
    label,
    type: isNumber(field) ? 'number' : 'category',
    definition,
    known,
    origin,
    ...(field.unit !== undefined && { unit: field.unit }),
    ...(field.min !== undefined && { min: field.min }),
    ...(field.max !== undefined && { max: field.max }),
    ...(field.values && { values: field.values }),
    synonyms: [
      ...(name === column ? [] : [column]),
      ...field.synonyms.filter((one) => !without.includes(one)),
      ...synonyms,
    ],
    ...(only && { only }),
  };
}

const isNumber = ({ type }: Field): boolean => type === 'integer' || type === 'decimal';
