// A relation of identified rows as one of de-identified rows: filters, order, cursors and answers know nothing else of them. In
// DuckDB, which the server answers with.
import { smallZipAreas, usStates } from '../../catalog/codes/us-places.js';
import { ageDates, type Disclosure, disclosureOf, yearName } from '../../catalog/deidentified.js';
import type { PublishedTable } from '../../catalog/field.js';
import { identifier, literal } from '../../engine/sql-text.js';
import type { Source } from '../rows/rows.js';

export interface Deidentifying {
  /** Secret and random: what stands for a key in SQL cannot be worked out from the key without it. */
  readonly salt: string;
  /** YYYY-MM-DD: the day on which somebody is above 89. */
  readonly asOf: string;
}

/** What stands for a key within a statement; a random code takes its place in answers. */
export const placeholder = (column: string, of: string): string =>
  `case when ${column} is not null then sha256($salt || ${literal(`/${of}/`)} || ${column}) end`;

export function deidentified(table: PublishedTable, source: Source, { salt, asOf }: Deidentifying): Source {
  const year = Number(asOf.slice(0, 4));
  const selected = table.columns.flatMap((column) => {
    const disclosure = disclosureOf(column);
    if (!disclosure) return [];
    const name = disclosure.as === 'year' ? yearName(column.name) : column.name;
    return [{ name, sql: told(`r.${identifier(column.name)}`, disclosure, { year, table }) }];
  });
  const shown = selected.map(({ name, sql }) => `${sql} as ${identifier(name)}`).join(',\n  ');
  return {
    name: `deidentified/${table.name}`,
    columns: selected.map(({ name }) => name),
    relation: `(select ${shown}\nfrom ${source.relation} as r)`,
    inputs: source.inputs,
    parameters: { ...source.parameters, salt },
  };
}

interface Context {
  /** Of the run's date. */
  readonly year: number;
  readonly table: PublishedTable;
}

function told(column: string, disclosure: Disclosure, { year, table }: Context): string {
  switch (disclosure.as) {
    case 'is':
      return column;
    case 'code':
      return placeholder(column, disclosure.of);
    case 'year':
      // Whoever turns 90 within the year counts as above 89.
      return disclosure.birth
        ? `case when ${year} - year(${column}) < 90 then year(${column}) end`
        : `cast(year(${column}) as bigint)`;
    case 'age': {
      const date = ageDates[table.name];
      const since = date === undefined ? '0' : `coalesce(greatest(${year} - year(r.${identifier(date)}), 0), 0)`;
      return `case when ${column} + ${since} >= 90 then 90 else ${column} end`;
    }
    case 'place':
      return placeSql(column);
    case 'matching':
      return matching(column, disclosure.pattern);
    case 'matching of a list':
      return `list_filter(${column}, lambda x: regexp_full_match(trim(x), ${literal(disclosure.pattern)}, 'i'))`;
  }
}

export const matching = (column: string, pattern: string): string =>
  `case when regexp_full_match(${column}, ${literal(pattern)}, 'i') then ${column} end`;

/** `Springfield, MA 01101`, `Massachusetts` → MA; `02139-4307` → 021; any other text is told nothing of. */
function placeSql(column: string): string {
  const last = `trim(regexp_extract(${column}, '([^,]*)$', 1))`;
  const state = `upper(regexp_replace(${last}, '[ ]+[0-9]{5}(-[0-9]{4})?$', ''))`;
  const names = usStates.states.map(({ code, name }) => `when ${literal(name.toUpperCase())} then ${literal(code)}`);
  const codes = usStates.states.map(({ code }) => literal(code)).join(', ');
  const small = smallZipAreas.areas.map((area) => literal(area)).join(', ');
  return `case when ${state} in (${codes}) then ${state}
    when regexp_full_match(trim(${column}), '[0-9]{5}(-[0-9]{4})?') then
      case when left(trim(${column}), 3) in (${small}) then '000' else left(trim(${column}), 3) end
    else case ${state} ${names.join(' ')} end end`;
}
