// What somebody types for one record, read by the catalog: its values, and everything that is wrong with it at once.
import { publishedTableNamed, tableNamed } from '../../catalog/catalog.js';
import type { Field, Table } from '../../catalog/field.js';
import { spelling } from '../../catalog/spelling.js';
import type { Fault } from '../../errors.js';
import type { RecordTable, Value, Values } from '../entry.js';
import { formOf, readValue } from './read-value.js';

export interface ReadRecord {
  /** By field; null for one that is to have no value. */
  readonly given: Readonly<Record<string, Value>>;
  readonly faults: readonly Fault[];
}

/**
 * The fields of a body, by their names or synonyms in any spelling. What is no field is a fault.
 * @param today The local calendar date, YYYY-MM-DD.
 */
export function readFields(name: RecordTable, body: Readonly<Record<string, unknown>>, today: string): ReadRecord {
  const table = tableNamed(name);
  const given: Record<string, Value> = {};
  const from = new Map<string, string>();
  const faults: Fault[] = [];
  for (const [written, raw] of Object.entries(body)) {
    const field = fieldMeant(table, written);
    const earlier = field && from.get(field.name);
    if (!field) faults.push({ field: shown(written), message: unknown(table, written) });
    else if (earlier !== undefined) {
      faults.push({ field: shown(written), message: `It says the same as ${shown(earlier)}: give one of them.` });
    } else {
      from.set(field.name, written);
      const reading = readValue(field, raw, today);
      if ('value' in reading) given[field.name] = reading.value;
      else faults.push({ field: field.name, message: reading.fault, value: shownValue(raw) });
    }
  }
  return { given, faults };
}

/** What a whole record lacks. @param faulty Fields that are given and wrong, which have been named already. */
export function lacking(name: RecordTable, values: Values, faulty: ReadonlySet<string>): Fault[] {
  const { fields, oneOf } = tableNamed(name);
  const isThere = (field: string): boolean => values[field] != null || faulty.has(field);
  const required = fields.filter((field) => field.required && !isThere(field.name));
  const groups = oneOf.filter((group) => !group.some(isThere));
  return [
    ...required.map((field) => ({ field: field.name, message: `It must be given: ${formOf(field)}.` })),
    ...groups.map((group) => ({ field: group[0] ?? '', message: `One of ${group.join(', ')} must be given.` })),
  ];
}

/** A field's own name counts more than another's synonym. */
function fieldMeant({ fields }: Table, written: string): Field | undefined {
  const own = fields.find(({ name }) => name === written);
  if (own) return own;
  const wanted = spelling(written);
  return (
    fields.find(({ name }) => spelling(name) === wanted) ??
    fields.find(({ synonyms }) => synonyms.some((synonym) => spelling(synonym) === wanted))
  );
}

function unknown({ name }: Table, written: string): string {
  const isDerived = publishedTableNamed(name).columns.some((column) => column.name === written);
  return isDerived ? 'Carelake derives it; it is not typed in.' : `${name} has no such field.`;
}

const shown = (text: string): string => (text.length > 100 ? `${text.slice(0, 99)}…` : text);

const shownValue = (raw: unknown): string =>
  shown(typeof raw === 'string' ? raw : (JSON.stringify(raw) ?? String(raw)));
