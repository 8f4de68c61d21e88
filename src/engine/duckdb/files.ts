// Paths of files as DuckDB's SQL text.

/** A text as a literal of DuckDB's own dialect, where a backslash is a backslash. */
export function duckdbLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A file to read, by exactly this name: the reader would take `*`, `?` and `[` for a pattern. */
export function readPath(path: string): string {
  return duckdbLiteral(path.replace(/[*?[]/g, '[$&]'));
}

/** The rows of Parquet files with the same columns; folders named `a=b` above them add no column. */
export function parquetScan(paths: readonly string[]): string {
  return `read_parquet([${paths.map(readPath).join(', ')}], union_by_name=false, hive_partitioning=false)`;
}
