// The rows of the published run, where one of them is found by its key at once. They follow from the lake, so nothing is
// typed into them, what a crash leaves half done is made again, and to lose them loses nothing.
import { bytewise } from './bytewise.js';

/** The tables of which one row is asked for. */
export const runRowTables = ['patients', 'visits', 'prescriptions', 'patient_summary'] as const;

export type RunRowTable = (typeof runRowTables)[number];

/** By the columns of the published table, the same in all rows of it, as JSON has them; what is missing is null. */
export type RunRow = Readonly<Record<string, unknown>>;

/** A key is its source's own. */
export interface RunRowKey {
  readonly key: string;
  readonly source: string;
}

/** The order of pages. */
export const inKeyOrder = (a: RunRowKey, b: RunRowKey): number =>
  bytewise(a.key, b.key) || bytewise(a.source, b.source);

/** Of several sources that have the key, the row of `default` is meant. */
export interface RunRowPlace {
  readonly table: RunRowTable;
  readonly key: string;
}

export interface RunRowChange extends RunRowKey {
  readonly table: RunRowTable;
  /** Null where the run no longer has it. */
  readonly row: RunRow | null;
}

export interface RunRowPage {
  /** The row before the page. */
  readonly after?: RunRowKey;
  readonly limit: number;
}

export interface BringingIn {
  readonly run: string;
  /** The run whose rows are here, which the changes lead away from; null where they are all rows, and none of these here is kept. */
  readonly from: string | null;
  readonly changes: AsyncIterable<readonly RunRowChange[]>;
}

export interface RunRows {
  /** The run whose rows are here, whole; undefined before the first came in, and while those of another do. */
  whole(): Promise<string | undefined>;
  /** The rows in these places, in their order. Null: the run has none. Undefined: the rows here are another's. */
  get(run: string, places: readonly RunRowPlace[]): Promise<(RunRow | null)[] | undefined>;
  /** In the order of key and source, bytewise. Undefined: the rows here are another's. */
  page(run: string, table: RunRowTable, page: RunRowPage): Promise<RunRow[] | undefined>;
  /** How many of some keys, each named once, have a row of `default`. Undefined: the rows here are another's. */
  count(run: string, table: RunRowTable, keys: readonly string[]): Promise<number | undefined>;
  /**
   * Makes the rows here those of a run. False where they are not those of `from`, or somebody else brings in rows meanwhile:
   * then whoever was last decides what is here, and no mixture ever counts as whole.
   */
  bringIn(order: BringingIn): Promise<boolean>;
}
