// Whether the catalog takes a text as the value of a field, as plainly as it can be said.
import type { Field, Table } from '../../../src/catalog/field.js';
import { diagnoses } from '../../../src/catalog/tables/diagnoses.js';
import { patients } from '../../../src/catalog/tables/patients.js';
import { prescriptions } from '../../../src/catalog/tables/prescriptions.js';
import { visits } from '../../../src/catalog/tables/visits.js';

const tables: Readonly<Record<string, Table>> = { patients, visits, prescriptions, diagnoses };

export function fieldOf(table: string, name: string): Field {
  const field = tables[table]?.fields.find((candidate) => candidate.name === name);
  if (!field) throw new Error(`${table} has no field ${name}`);
  return field;
}

/** The reason why the catalog does not take the text, or undefined. A text without a value is taken where it may be. */
export function refusal(field: Field, text: string, latest: string): string | undefined {
  const value = text.trim();
  if (value === '') return field.required ? 'required_missing' : undefined;
  switch (field.type) {
    case 'integer':
    case 'decimal':
      return refusedNumber(field, value);
    case 'date':
      return refusedDate(value, latest);
    case 'code': {
      const words = (field.values ?? []).flatMap((allowed) => [allowed.value, ...allowed.synonyms]);
      return words.some((word) => word.toLowerCase() === value.toLowerCase()) ? undefined : 'not_allowed';
    }
    case 'blood-pressure': {
      const [, systolic, diastolic] = /^(\d{2,3})\/(\d{2,3})$/.exec(value) ?? [];
      return systolic && Number(systolic) > Number(diastolic) ? undefined : 'not_blood_pressure';
    }
    default:
      return undefined;
  }
}

function refusedNumber(field: Field, value: string): string | undefined {
  const unit = field.foreignUnits?.find((foreign) => value.endsWith(` ${foreign.unit}`));
  const number = unit ? Number.parseFloat(value) * unit.factor : Number(value);
  if (Number.isNaN(number)) return 'not_a_number';
  if (field.type === 'integer' && !Number.isInteger(number)) return 'not_whole';
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = field;
  return number < min || number > max ? 'out_of_range' : undefined;
}

function refusedDate(value: string, latest: string): string | undefined {
  const time = Date.parse(`${value}T00:00:00Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== value) return 'not_a_date';
  return value > latest ? 'in_future' : undefined;
}
