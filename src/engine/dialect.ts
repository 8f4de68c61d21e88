// What differs between the SQL of DuckDB and of Spark. Everything else is written in the subset that means the same on
// both (docs/portable-sql.md). Each function takes and returns SQL text.

export interface Dialect {
  readonly name: 'duckdb' | 'spark';
  /** A value of `Job.parameters`. */
  parameter(name: string): string;
  /** SHA-256 of a text as 64 lower-case hexadecimal digits. */
  sha256(text: string): string;
  /** The first 60 bits of the SHA-256 of a text as a BIGINT ≥ 0. */
  hash60(text: string): string;
  /** Replaces every match of a regular expression (RE2 and Java common subset; no groups in the replacement). */
  replaceAll(text: string, pattern: string, replacement: string): string;
  /** Splits a text at a literal separator into an array of texts. */
  split(text: string, separator: string): string;
  /** One row for each element of an array expression, beside the columns of `relation`; the element is named `as`. */
  explode(relation: string, array: string, as: string): string;
  /** Joins an array of texts to one text. */
  join(array: string, separator: string): string;
  /** The texts of a group joined in the order given. */
  stringAggregate(text: string, separator: string, orderBy: string): string;
}
