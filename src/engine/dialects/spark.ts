// What differs in Spark's SQL (3.5 and later, with the session settings of docs/portable-sql.md).
import type { Dialect } from '../dialect.js';
import { identifier, literal } from '../sql-text.js';
import { replacementText, separatorText } from './constants.js';

export const sparkDialect: Dialect = {
  name: 'spark',
  parameter: (name) => `:${name}`,
  sha256: (text) => `sha2(${text}, 256)`,
  hash60: (text) => `cast(conv(substr(sha2(${text}, 256), 1, 15), 16, 10) as bigint)`,
  // `$` also matches before a last line end in Java, and no match is an empty text.
  fullMatch: (text, pattern) =>
    `(regexp_extract(${text}, ${literal(`^(${pattern})$`)}, 0) = ${text} and ${text} <> '')`,
  replaceAll: (text, pattern, replacement) =>
    `regexp_replace(${text}, ${literal(pattern)}, ${literal(replacementText(replacement))})`,
  split: (text, separator) => `split(${text}, ${literal(asPattern(separatorText(separator)))})`,
  explode: (relation, array, as) => `(select r.*, explode(${array}) as ${identifier(as)} from ${relation} as r)`,
  join: (array, separator) => `array_join(${array}, ${literal(separator)})`,
};

/** Spark splits at a regular expression: a class of one character stands for the character itself, without a backslash. */
function asPattern(separator: string): string {
  return separator.replace(/[.$|?*+(){]/g, '[$&]');
}
