// The contract of a sandbox: runs a SELECT that a stranger wrote, over the files given and nothing else.
import type { ColumnBatch } from './engine.js';

/** A table that may be read: Parquet files with the same columns. */
export interface SandboxTable {
  readonly paths: readonly string[];
  /** The columns that may be read; all where not given. Names that start with `_` are never among them. */
  readonly columns?: readonly string[];
}

export interface Sandbox {
  /**
   * Runs one SELECT and hands back its rows in batches, at most `limit` rows in all.
   * @throws QUERY_NOT_SELECT where the text is anything but exactly one SELECT; QUERY_FORBIDDEN where it names a table,
   * function or construct that is not allowed; QUERY_FAILED where it cannot be run; ENGINE_CANCELLED, ENGINE_OUT_OF_MEMORY.
   */
  query(sql: string, options?: { readonly limit?: number; readonly signal?: AbortSignal }): AsyncIterable<ColumnBatch>;
  close(): Promise<void>;
}

/** `known`: the tables that there are, `tables` among them, for whoever names one that there is not. */
export type OpenSandbox = (
  tables: Readonly<Record<string, SandboxTable>>,
  known?: readonly string[],
) => Promise<Sandbox>;
