// The contract of a lander: turns text that our reader has already checked and numbered into Parquet.

export interface Landing {
  /**
   * Delimited UTF-8 text without a header, every line one record: `_row,_line,_lines` and then `columns` fields.
   * Quoted fields may hold line ends. An empty field, quoted or not, becomes NULL.
   */
  readonly text: string;
  readonly delimiter: string;
  /** How many fields follow the three numbers. */
  readonly columns: number;
  /** Whether any quoted field holds a line end: such a text is read by one thread, because its lines are no records. */
  readonly multiline: boolean;
  /** The value of `_file` for every row. */
  readonly file: string;
  /** The Parquet file to write: `_file` text, `_row`, `_line`, `_lines` bigint, `c0` … text. */
  readonly output: string;
  readonly signal?: AbortSignal;
}

export interface Lander {
  /** How many threads land; what is more than that only waits. */
  readonly threads: number;
  /** Returns how many rows were written; the caller compares it with what its reader counted. */
  land(landing: Landing): Promise<{ rows: number }>;
}
