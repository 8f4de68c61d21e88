// The code tables of IDs_mapping.csv: three of them one under another. The file's header heads the first; each further
// one begins with a row of two empty values and a row of its own header (`discharge_disposition_id,description`).
import { literal } from '../../engine/sql-text.js';
import type { RawTable, Unread } from '../source.js';
import { trimmed } from './expressions.js';

/** What a description of the file means as a value of the catalog; null: the file says that it is not known. */
export interface CodeMeaning {
  readonly description: string;
  readonly value: string | null;
}

/** The name under which a reading of the encounters names the raw table of the codes. */
function codesRelation(codes: RawTable): string {
  return `${codes.name}_${codes.part}`;
}

const id = trimmed(`coalesce(c0, '')`);
const description = trimmed(`coalesce(c1, '')`);
const isSeparator = `${id} = '' and ${description} = ''`;
const isHeader = `${id} like '%!_id' escape '!' and lower(${description}) = 'description'`;

/**
 * SELECT giving `code_table` (as its header names it), `id` and `description`, one row for every entry; where an id
 * stands twice in a code table, its last description.
 */
export function codeEntries(codes: RawTable): string {
  return `select code_table, id, max_by(description, _row) as description
from (
  select coalesce(max(heading) over (partition by _file, section), ${literal(firstName(codes))}) as code_table,
    id, description, heading, _row
  from (
    select _file, _row, ${id} as id, ${description} as description,
      case when ${isHeader} then ${id} end as heading,
      count(case when ${isHeader} then 1 end) over (
        partition by _file order by _row rows between unbounded preceding and current row) as section
    from ${codesRelation(codes)}
  ) as numbered
) as headed
where heading is null and id <> ''
group by code_table, id`;
}

/**
 * SELECT over `code_entries` giving `id` and `value` of one code table. A description that the list lacks is handed on
 * as it is, for the clean step to refuse by name.
 */
export function codeValues(codeTable: string, meanings: readonly CodeMeaning[]): string {
  const cases = meanings.map(
    (meaning) =>
      `when ${literal(meaning.description.trim().toLowerCase())} then ${meaning.value === null ? 'null' : literal(meaning.value)}`,
  );
  return `select id, case lower(description) ${cases.join(' ')} else description end as value
from code_entries where code_table = ${literal(codeTable)}`;
}

/** Entries are used, as code tables; headings and separators are no data; an entry without id can't be looked up. */
export function codesUnread(codes: RawTable): Unread {
  const reason = `case when (${isSeparator}) or (${isHeader}) then 'section_header'
  when ${id} = '' then 'required_missing' end`;
  return {
    rawTable: codes,
    sql: () => `select _file, _row, _line, _lines,
  case when _reason is null then 'used' else 'not_used' end as _disposition, _reason
from (select _file, _row, _line, _lines, ${reason} as _reason from raw) as judged`,
  };
}

/** The header's first name, which is that of the first code table. */
function firstName(codes: RawTable): string {
  return (codes.columns[0] ?? '').toLowerCase();
}
