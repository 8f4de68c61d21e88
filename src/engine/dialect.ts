// What differs between the SQL of DuckDB and of Spark. Everything else is written in the subset that means the same on
// both (docs/portable-sql.md). `text`, `array`, `relation` and `orderBy` are SQL, and so is what each function returns;
// `pattern`, `replacement` and `separator` are plain constants, refused with ENGINE_TEXT_NOT_PORTABLE where no literal
// means the same on both.

export interface Dialect {
  readonly name: 'duckdb' | 'spark';
  /** A value of `Job.parameters`. */
  parameter(name: string): string;
  /** SHA-256 of a text as 64 lower-case hexadecimal digits. */
  sha256(text: string): string;
  /** The first 60 bits of the SHA-256 of a text as a BIGINT ≥ 0. */
  hash60(text: string): string;
  /** Whether all of a text matches a regular expression (RE2 and Java common subset), which must not match the empty text. */
  fullMatch(text: string, pattern: string): string;
  /** Replaces every match of a regular expression (RE2 and Java common subset; no groups in the replacement). */
  replaceAll(text: string, pattern: string, replacement: string): string;
  /** Splits a text at a literal separator into an array of texts. */
  split(text: string, separator: string): string;
  /**
   * One row for each element of an array expression, beside the columns of `relation` (a table, or a SELECT in brackets);
   * the element is named `as`. None for NULL and empty arrays. Returns a SELECT in brackets, to be given an alias.
   */
  explode(relation: string, array: string, as: string): string;
  /** Joins an array of texts to one text; NULL elements are left out. */
  join(array: string, separator: string): string;
}
