// What differs in DuckDB's SQL.
import type { Dialect } from '../dialect.js';
import { identifier, literal } from '../sql-text.js';
import { replacementText, separatorText } from './constants.js';

export const duckdbDialect: Dialect = {
  name: 'duckdb',
  parameter: (name) => `$${name}`,
  sha256: (text) => `sha256(${text})`,
  hash60: (text) => `cast('0x' || substr(sha256(${text}), 1, 15) as bigint)`,
  fullMatch: (text, pattern) => `regexp_full_match(${text}, ${literal(pattern)})`,
  replaceAll: (text, pattern, replacement) =>
    `regexp_replace(${text}, ${literal(pattern)}, ${literal(replacementText(replacement))}, 'g')`,
  split: (text, separator) => `string_split(${text}, ${literal(separatorText(separator))})`,
  explode: (relation, array, as) => `(select r.*, unnest(${array}) as ${identifier(as)} from ${relation} as r)`,
  join: (array, separator) => `array_to_string(${array}, ${literal(separator)})`,
};
