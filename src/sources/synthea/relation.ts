// SQL over the raw tables of an export: their columns by name, and what of other records joins a row.
import { missingValues } from '../../catalog/missing-values.js';
import { literal } from '../../engine/sql-text.js';
import { CarelakeError } from '../../errors.js';
import type { RawTable } from '../source.js';
import type { Kind } from './export-files.js';

/** The raw tables of a batch that hold files of one kind, one for each header. */
export const partsOf = (rawTables: readonly RawTable[], kind: Kind): RawTable[] =>
  rawTables.filter(({ name }) => name === kind);

/** The name that a column bears in the raw table: `c5`. SYNTHEA_COLUMN_MISSING where the header lacks it. */
export function landed({ columns, files }: RawTable, column: string): string {
  const position = columns.indexOf(column);
  if (position < 0) {
    throw new CarelakeError('SYNTHEA_COLUMN_MISSING', `${files.join(', ')} has no column ${column}.`);
  }
  return `c${position}`;
}

/** A column that not every release writes: NULL where the header lacks it. */
export function landedIfAny(table: RawTable, column: string): string {
  return table.columns.includes(column) ? landed(table, column) : 'cast(null as string)';
}

/**
 * The records of all parts as one relation: `_file`, `_row` and the columns by name, trimmed, `''` where there is no value
 * (for some units the export writes `null`).
 */
export function everyPart(parts: readonly RawTable[], columns: readonly string[]): string {
  return parts
    .map((part) => {
      const named = columns.map((column) => `${valueIn(landedIfAny(part, column))} as "${column}"`);
      return `select _file, _row, ${named.join(', ')}\n  from ${part.name}_${part.part}`;
    })
    .join('\n  union all ');
}

function valueIn(text: string): string {
  const words = missingValues.filter((word) => word !== '').map(literal);
  return `case when lower(${trimmed(text)}) in (${words.join(', ')}) then '' else ${trimmed(text)} end`;
}

export function trimmed(text: string): string {
  return `trim(both ' ' from coalesce(${text}, ''))`;
}

/** An ISO date or time as `YYYY-MM-DD HH:MM:SS`, which sorts by time. A zone is left out: times are taken as written. */
export function time(text: string): string {
  return `substr(replace(${text}, 'T', ' ') || ' 00:00:00', 1, 19)`;
}

export function day(text: string): string {
  return `substr(${text}, 1, 10)`;
}

/** Orders records as the winner among equal keys is chosen: by file, then row. */
const inFile = `_file || ' ' || lpad(cast(_row as string), 20, '0')`;

/** Orders the records of `everyPart` by a time, those of one time by file and row. */
export function place(text: string): string {
  return `${time(text)} || ' ' || ${inFile}`;
}

/** SELECT giving `id` and `name`, one row for every id of a file of names; where an id stands twice, its last name. */
export function namesById(parts: readonly RawTable[], name: string): string {
  return `select "Id" as id, max_by("${name}", ${inFile}) as name
from (
  ${everyPart(parts, ['Id', name])}
) as named
where "Id" <> '' and "${name}" <> ''
group by "Id"`;
}
