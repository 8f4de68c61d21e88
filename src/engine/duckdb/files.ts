// Paths of files as DuckDB's SQL text.

/** A text as a literal of DuckDB's own dialect, where a backslash is a backslash. */
export function duckdbLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * The rows of Parquet files with the same columns; folders named `a=b` above them add no column. A file that
 * exists is read by exactly its name, though `*`, `?` or `[` stands in it.
 */
export function parquetScan(paths: readonly string[]): string {
  return `read_parquet([${paths.map(duckdbLiteral).join(', ')}], union_by_name=false, hive_partitioning=false)`;
}
