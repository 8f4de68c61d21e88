// The catalog: every table that files fill and every table that a run publishes, by name.
import type { Field, PublishedTable, Table } from './field.js';
import { published as publishedList } from './published.js';
import { diagnoses } from './tables/diagnoses.js';
import { observations } from './tables/observations.js';
import { patients } from './tables/patients.js';
import { prescriptions } from './tables/prescriptions.js';
import { procedures } from './tables/procedures.js';
import { visits } from './tables/visits.js';

/** The canonical tables, in the order in which a table comes after those that it names. */
export const tables: Readonly<Record<string, Table>> = byName([
  patients,
  visits,
  prescriptions,
  diagnoses,
  procedures,
  observations,
]);

/** The tables of a published run, as `query`, `export`, `lineage` and `status` name them. */
export const publishedTables: Readonly<Record<string, PublishedTable>> = byName(publishedList);

/** The canonical table of that name. Throws where the catalog has none: names from outside are checked before. */
export function tableNamed(name: string): Table {
  const table = Object.hasOwn(tables, name) ? tables[name] : undefined;
  if (!table) throw new Error(`The catalog has no table "${name}"; it has ${Object.keys(tables).join(', ')}.`);
  return table;
}

/** The published table of that name. Throws where a run publishes none: names from outside are checked before. */
export function publishedTableNamed(name: string): PublishedTable {
  const table = Object.hasOwn(publishedTables, name) ? publishedTables[name] : undefined;
  if (!table) throw new Error(`No table "${name}" is published; there are ${Object.keys(publishedTables).join(', ')}.`);
  return table;
}

/** The field of that name. Throws where the table has none: names from outside are checked before. */
export function fieldNamed(table: Table, name: string): Field {
  const field = table.fields.find((candidate) => candidate.name === name);
  if (!field) throw new Error(`The table ${table.name} has no field "${name}".`);
  return field;
}

function byName<Named extends { readonly name: string }>(list: readonly Named[]): Readonly<Record<string, Named>> {
  return Object.fromEntries(list.map((item) => [item.name, item]));
}
