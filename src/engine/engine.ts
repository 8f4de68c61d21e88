// The contract of an engine: runs one SELECT over Parquet files and writes Parquet, or hands back rows.
import type { Cut } from './bucket.js';
import type { Dialect } from './dialect.js';

/** Views that a statement may name: each over the Parquet files given, which all have the same columns. */
export type Inputs = Readonly<Record<string, readonly string[]>>;

export interface Job {
  readonly name: string;
  readonly sql: string;
  readonly inputs: Inputs;
  /** Values from outside, which never become SQL text: the statement names them by `Dialect.parameter`. */
  readonly parameters?: Readonly<Record<string, string | number>>;
  readonly signal?: AbortSignal;
}

export interface Materialization extends Job {
  /**
   * An empty folder; the Parquet files are written into it as `part-….parquet`, at least one even for no rows. Where the
   * engine's `reads` holds `s3` it may also be `s3://bucket/prefix`, and inputs `s3://bucket/key`.
   */
  readonly output: string;
  /** The files lie in the folders of their buckets then, `_bucket=3of8/part-….parquet`; a bucket without rows may have none. */
  readonly cut?: Cut;
  readonly onProgress?: (fraction: number) => void;
}

export interface Column {
  readonly name: string;
  /** The engine-neutral type: text, integer, bigint, double, decimal(p,s), date, timestamp, boolean, list(text). */
  readonly type: string;
}

/** Rows by column: `values[column][row]`. Dates are `YYYY-MM-DD`, bigints are numbers where safe, else BigInt. */
export interface ColumnBatch {
  readonly columns: readonly Column[];
  readonly rows: number;
  readonly values: readonly (readonly unknown[])[];
}

export interface Capabilities {
  /** Which lakes the engine can read in place. */
  readonly reads: readonly ('local' | 's3')[];
  /** Whether progress is reported while a statement runs. */
  readonly progress: boolean;
  /** How many statements are best given to it side by side: one, where each takes all threads and all memory. */
  readonly atOnce: number;
}

export interface Engine {
  readonly name: 'duckdb' | 'spark';
  readonly version: string;
  readonly dialect: Dialect;
  readonly capabilities: Capabilities;
  /** Runs the SELECT and writes its rows; returns how many. An aborted signal ends it with ENGINE_CANCELLED. */
  materialize(job: Materialization): Promise<{ rows: number }>;
  /** Runs the SELECT and hands back its rows in batches. */
  query(job: Job): AsyncIterable<ColumnBatch>;
  explain(job: Job): Promise<string>;
  close(): Promise<void>;
}

/** All rows of a small result as objects. */
export async function rowsOf<Row>(engine: Engine, job: Job): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const batch of engine.query(job)) {
    for (let row = 0; row < batch.rows; row++) {
      rows.push(
        Object.fromEntries(batch.columns.map(({ name }, column) => [name, batch.values[column]?.[row]])) as Row,
      );
    }
  }
  return rows;
}
