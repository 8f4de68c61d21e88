// The tables of a published run as analytics reads them.

/** The Parquet files of one published table, on this machine. */
export interface PublishedFiles {
  readonly paths: readonly string[];
  /** The columns to show, in order; all where not given. Those whose name starts with `_` are never shown. */
  readonly columns?: readonly string[];
}

/** By the name of the table: `patients`, `stays`. */
export type PublishedTables = Readonly<Record<string, PublishedFiles>>;
