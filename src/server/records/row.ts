// A row as answers show it, and the values of a record as people type them: the one made of the other.
import { publishedTableNamed, tableNamed } from '../../catalog/catalog.js';
import type { RecordTable, Value, Values } from '../../records/entry.js';

export type ShownRow = Readonly<Record<string, unknown>>;

export const keyOf = (table: RecordTable): string => tableNamed(table).key[0] ?? '';

/** `patient` of `patients`. */
export const oneOf = (table: RecordTable): string => table.slice(0, -1);

/** What only a run derives is null. */
export function rowOfValues(table: RecordTable, key: string, values: Values): ShownRow {
  const own: Values = { ...values, source: 'default', [keyOf(table)]: key };
  return Object.fromEntries(publishedTableNamed(table).columns.map(({ name }) => [name, own[name] ?? null]));
}

/** What a row holds in the fields that people type. */
export function valuesOf(table: RecordTable, row: ShownRow): Values {
  const fields = tableNamed(table).fields.map(({ name }) => [name, row[name] ?? null] as [string, Value]);
  return Object.fromEntries(fields.filter(([, value]) => value !== null));
}
