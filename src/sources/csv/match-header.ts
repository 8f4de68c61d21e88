// Which columns of a header are which fields of a table: by name, known synonym or mapping file, in any spelling.
import type { Field, Table } from '../../catalog/field.js';
import { spelling } from '../../catalog/spelling.js';
import { CarelakeError, type Fault } from '../../errors.js';
import type { Mapping } from '../source.js';

export interface HeaderMatch {
  /** field → index of its column (0-based). */
  readonly fields: ReadonlyMap<string, number>;
  /** Columns that are no field of the table: kept in the lake, not read. */
  readonly unknown: readonly string[];
  /** Fields for which several columns stand. */
  readonly ambiguous: readonly { readonly field: string; readonly columns: readonly string[] }[];
  /** Fields, or groups of which one is needed, without a column. */
  readonly missing: readonly (readonly string[])[];
  /** What the mapping file says of the table and the header does not have. */
  readonly misfits: readonly Fault[];
}

/** @throws MAPPING_INVALID where the mapping file names a field that the table does not have. */
export function matchHeader(columns: readonly string[], table: Table, mapping: Mapping | undefined): HeaderMatch {
  const { mapped, misfits } = mappedColumns(columns, table, mapping);
  const taken = new Set(mapped.values());
  const candidates = new Map<string, number[]>();
  const names = new Map(table.fields.flatMap((field) => spellings(field).map((name) => [name, field.name] as const)));
  for (const [index, column] of columns.entries()) {
    const field = names.get(spelling(column));
    if (field === undefined || taken.has(index) || mapped.has(field)) continue;
    candidates.set(field, [...(candidates.get(field) ?? []), index]);
  }
  const fields = new Map(mapped);
  const ambiguous: { field: string; columns: string[] }[] = [];
  for (const [field, indexes] of candidates) {
    // A column that bears the field's own name goes before its synonyms: `gender` before `sex`.
    const own = indexes.filter((index) => spelling(columns[index] ?? '') === spelling(field));
    const [chosen, second] = own.length > 0 ? own : indexes;
    if (chosen === undefined) continue;
    if (second !== undefined) ambiguous.push({ field, columns: indexes.map((index) => columns[index] ?? '') });
    else fields.set(field, chosen);
  }
  const used = new Set(fields.values());
  const unsure = new Set(ambiguous.flatMap((fault) => fault.columns));
  const needed = [...table.fields.filter((field) => field.required).map((field) => [field.name]), ...table.oneOf];
  return {
    fields,
    unknown: columns.filter((column, index) => !used.has(index) && !unsure.has(column)),
    ambiguous,
    missing: needed.filter((group) => !group.some((name) => fields.has(name))),
    misfits,
  };
}

const spellings = ({ name, synonyms }: Field): string[] => [name, ...synonyms].map(spelling);

function mappedColumns(
  columns: readonly string[],
  table: Table,
  mapping: Mapping | undefined,
): { mapped: Map<string, number>; misfits: Fault[] } {
  const unknown: Fault[] = [];
  const misfits: Fault[] = [];
  const mapped = new Map<string, number>();
  for (const [field, column] of Object.entries(mapping?.columns[table.name] ?? {})) {
    const index = typeof column === 'number' ? column - 1 : columns.indexOf(column);
    if (!table.fields.some(({ name }) => name === field)) {
      unknown.push({ field, message: `${table.name} has no field ${field}` });
    } else if (index < 0 || index >= columns.length) {
      misfits.push({ field, value: String(column), message: `the header has no column ${JSON.stringify(column)}` });
    } else {
      mapped.set(field, index);
    }
  }
  if (unknown.length > 0) throw mappingUnfit(table, unknown);
  return { mapped, misfits };
}

/** The error that a mapping file does not fit. */
export function mappingUnfit(table: Table, faults: readonly Fault[]): CarelakeError {
  const list = faults.map(({ field, message }) => `${field}: ${message}`).join('; ');
  return new CarelakeError('MAPPING_INVALID', `The mapping for ${table.name} does not fit (${list}).`, { faults });
}
