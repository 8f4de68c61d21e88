// SQL that turns the ways in which people write a value into one plain way, or NULL where there is none.
import type { Field } from '../../catalog/field.js';
import { missingValues } from '../../catalog/missing-values.js';
import { literal } from '../../engine/sql-text.js';

export interface Format {
  readonly decimalComma: boolean;
  readonly dates?: 'dmy' | 'mdy';
}

/** Whether all of `text` matches: the form that means the same on RE2 and Java. */
export function matches(text: string, pattern: string): string {
  return `(regexp_extract(${text}, ${literal(`^(${pattern})$`)}, 0) = ${text} and ${text} <> '')`;
}

/** `text` without the blanks around it; NULL where that says that there is no value. */
export function present(text: string, field: Field): string {
  const trimmed = `trim(both (' ' || chr(9) || chr(10) || chr(13) || chr(160)) from ${text})`;
  const meant = new Set(field.values?.flatMap(({ value, synonyms }) => [value.toLowerCase(), ...synonyms]) ?? []);
  const missing = missingValues.filter((word) => !meant.has(word));
  const longest = Math.max(...missing.map((word) => word.length));
  const list = literal(`|${missing.join('|')}|`);
  return `case when length(${trimmed}) <= ${longest} and instr(${list}, '|' || lower(${trimmed}) || '|') > 0 then null else ${trimmed} end`;
}

/** The text of `text` in the one form that `value.ts` reads, NULL where it has no such form. */
export function plain(text: string, field: Field, format: Format): string {
  switch (field.type) {
    case 'integer':
    case 'decimal':
      return plainNumber(text, format);
    case 'date':
      return plainDate(text, format);
    case 'timestamp':
      return plainTimestamp(text);
    default:
      return text;
  }
}

/** A number with a decimal point; what follows it (a unit) is kept for `value.ts`. */
function plainNumber(text: string, { decimalComma }: Format): string {
  if (!decimalComma) return text;
  return `case when ${matches(text, '[+-]?([0-9]+,[0-9]*|,[0-9]+)([^0-9,].*)?')} then replace(${text}, ',', '.') else ${text} end`;
}

/**
 * YYYY-MM-DD from ISO dates and times, YYYY/MM/DD, YYYYMMDD, D.M.YYYY, and D/M/YYYY or M/D/YYYY where the mapping file
 * says which. A time of day is left out: dates are local calendar dates.
 */
function plainDate(text: string, { dates }: Format): string {
  const part = (separator: string, n: number) => `lpad(split_part(${text}, '${separator}', ${n}), 2, '0')`;
  const joined = (separator: string, [d, m]: readonly [number, number]) =>
    `split_part(${text}, '${separator}', 3) || '-' || ${part(separator, m)} || '-' || ${part(separator, d)}`;
  const branches = [
    `when ${matches(text, '[0-9]{4}-[0-9]{2}-[0-9]{2}')} then ${text}`,
    `when ${matches(text, '[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}.*')} then substr(${text}, 1, 10)`,
    `when ${matches(text, '[0-9]{4}/[0-9]{2}/[0-9]{2}')} then replace(${text}, '/', '-')`,
    `when ${matches(text, '[0-9]{8}')} then substr(${text}, 1, 4) || '-' || substr(${text}, 5, 2) || '-' || substr(${text}, 7, 2)`,
    `when ${matches(text, '[0-9]{1,2}[.][0-9]{1,2}[.][0-9]{4}')} then ${joined('.', [1, 2])}`,
  ];
  if (dates) {
    const order = dates === 'dmy' ? ([1, 2] as const) : ([2, 1] as const);
    branches.push(
      `when ${matches(text, '[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}')} then ${joined('/', order)}`,
      `when ${matches(text, '[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}')} then ${joined('-', order)}`,
    );
  }
  return `case ${branches.join(' ')} end`;
}

/** YYYY-MM-DD HH:MM:SS; a zone is left out, since times are local. */
function plainTimestamp(text: string): string {
  const day = '[0-9]{4}-[0-9]{2}-[0-9]{2}';
  const minute = '([01][0-9]|2[0-3]):[0-5][0-9]';
  const zone = '( ?(Z|[+-][0-9]{2}:?[0-9]{2}))?';
  const whole = matches(text, `${day}[T ]${minute}:[0-5][0-9]([.][0-9]{1,9})?${zone}`);
  const withoutSeconds = matches(text, `${day}[T ]${minute}${zone}`);
  return `case when ${whole} then substr(${text}, 1, 10) || ' ' || substr(${text}, 12, 8) when ${withoutSeconds} then substr(${text}, 1, 10) || ' ' || substr(${text}, 12, 5) || ':00' end`;
}
