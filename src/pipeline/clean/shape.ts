// SQL that turns the ways in which people write a value into one plain way, or NULL where there is none.
import type { Field } from '../../catalog/field.js';
import { missingValues } from '../../catalog/missing-values.js';
import type { Dialect } from '../../engine/dialect.js';
import { literal } from '../../engine/sql-text.js';

export interface Format {
  readonly decimalComma: boolean;
  readonly dates?: 'dmy' | 'mdy';
}

/**
 * What Unicode calls White_Space. Spark's `chr` knows no number above 255, so those stand as they are; control characters may
 * not stand in a literal.
 */
const blanks = [
  ...[9, 10, 11, 12, 13, 133].map((code) => `chr(${code})`),
  literal(
    ' \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000',
  ),
].join(' || ');

/**
 * `text` without the blanks around it. Most texts, ids among them, hold no blank at all, which is cheaper to see. NULLs take
 * the way of most, since engines keep the encoding of a column whose values all take one branch.
 */
export function trimmed(text: string, dialect: Dialect): string {
  return `case when not ${dialect.fullMatch(text, '[!-~]+')} then trim(both (${blanks}) from ${text}) else ${text} end`;
}

/** A trimmed text; NULL where it says that there is no value. */
export function present(text: string, field: Field): string {
  const meant = new Set(field.values?.flatMap(({ value, synonyms }) => [value.toLowerCase(), ...synonyms]) ?? []);
  const missing = missingValues.filter((word) => !meant.has(word));
  const longest = Math.max(...missing.map((word) => word.length));
  const list = literal(`|${missing.join('|')}|`);
  // None of them begins with a digit, as most short texts do, which is cheaper to see.
  const first = missing.some((word) => /^[0-9]/.test(word)) ? '' : ` and not (${text} >= '0' and ${text} < ':')`;
  return `case when length(${text}) <= ${longest}${first} and instr(${list}, '|' || lower(${text}) || '|') > 0 then null else ${text} end`;
}

/** The text of `text` in the one form that `value.ts` reads, NULL where it has no such form. */
export function plain(text: string, field: Field, format: Format, dialect: Dialect): string {
  switch (field.type) {
    case 'integer':
    case 'decimal':
      return plainNumber(text, format, dialect);
    case 'date':
      return plainDate(text, format, dialect);
    case 'timestamp':
      return plainTimestamp(text, dialect);
    default:
      return text;
  }
}

/** Whatever follows. Not `.*`: the dot stops at other line ends in RE2 than in Java. */
const rest = '[^~]*';

/** A number with a decimal point; what follows it (a unit) is kept for `value.ts`. */
function plainNumber(text: string, { decimalComma }: Format, dialect: Dialect): string {
  if (!decimalComma) return text;
  return `case when ${dialect.fullMatch(text, `[+-]?([0-9]+,[0-9]*|,[0-9]+)([^0-9,]${rest})?`)} then replace(${text}, ',', '.') else ${text} end`;
}

/**
 * YYYY-MM-DD from ISO dates and times, YYYY/MM/DD, YYYYMMDD, D.M.YYYY, and D/M/YYYY or M/D/YYYY where the mapping file
 * says which. A time of day is left out: dates are local calendar dates.
 */
function plainDate(text: string, { dates }: Format, dialect: Dialect): string {
  const part = (separator: string, n: number) => `lpad(split_part(${text}, '${separator}', ${n}), 2, '0')`;
  const joined = (separator: string, [d, m]: readonly [number, number]) =>
    `split_part(${text}, '${separator}', 3) || '-' || ${part(separator, m)} || '-' || ${part(separator, d)}`;
  const branches = [
    `when ${dialect.fullMatch(text, '[0-9]{4}-[0-9]{2}-[0-9]{2}')} then ${text}`,
    `when ${dialect.fullMatch(text, `[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}${rest}`)} then substr(${text}, 1, 10)`,
    `when ${dialect.fullMatch(text, '[0-9]{4}/[0-9]{2}/[0-9]{2}')} then replace(${text}, '/', '-')`,
    `when ${dialect.fullMatch(text, '[0-9]{8}')} then substr(${text}, 1, 4) || '-' || substr(${text}, 5, 2) || '-' || substr(${text}, 7, 2)`,
    `when ${dialect.fullMatch(text, '[0-9]{1,2}[.][0-9]{1,2}[.][0-9]{4}')} then ${joined('.', [1, 2])}`,
  ];
  if (dates) {
    const order = dates === 'dmy' ? ([1, 2] as const) : ([2, 1] as const);
    branches.push(
      `when ${dialect.fullMatch(text, '[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}')} then ${joined('/', order)}`,
      `when ${dialect.fullMatch(text, '[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}')} then ${joined('-', order)}`,
    );
  }
  return `case ${branches.join(' ')} end`;
}

/** YYYY-MM-DD HH:MM:SS; a zone is left out, since times are local. */
function plainTimestamp(text: string, dialect: Dialect): string {
  const day = '[0-9]{4}-[0-9]{2}-[0-9]{2}';
  const minute = '([01][0-9]|2[0-3]):[0-5][0-9]';
  const zone = '( ?(Z|[+-][0-9]{2}:?[0-9]{2}))?';
  const whole = dialect.fullMatch(text, `${day}[T ]${minute}:[0-5][0-9]([.][0-9]{1,9})?${zone}`);
  const withoutSeconds = dialect.fullMatch(text, `${day}[T ]${minute}${zone}`);
  return `case when ${whole} then substr(${text}, 1, 10) || ' ' || substr(${text}, 12, 8) when ${withoutSeconds} then substr(${text}, 1, 10) || ' ' || substr(${text}, 12, 5) || ':00' end`;
}
