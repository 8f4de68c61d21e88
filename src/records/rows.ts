// The operational rows: of every record that was typed here, its newest version; a deleted one as a tombstone.
import type { RecordTable, Values } from './entry.js';

export interface Row {
  readonly table: RecordTable;
  readonly key: string;
  readonly version: number;
  /** Of the entry that made this version. */
  readonly sequence: number;
  readonly deleted: boolean;
  /** As it is; of a tombstone as it was last. */
  readonly values: Values;
  readonly by: string;
  /** When this version was written, ISO 8601. */
  readonly at: string;
}

/** A field is one of these values (of a list: holds one), and lies within these bounds; null is a missing value. */
export interface Condition {
  readonly field: string;
  readonly in?: readonly (string | number | null)[];
  /** Both ends are included. */
  readonly from?: string | number;
  readonly to?: string | number;
}

export interface RowQuery {
  readonly where?: readonly Condition[];
  /** Fields in order; the key comes after them. What is missing comes last in either direction. */
  readonly sort?: readonly { readonly field: string; readonly descending?: boolean }[];
  /** 1 to 1,000 rows. */
  readonly limit: number;
  /** The `next` of the page before. */
  readonly after?: string;
  /** Tombstones too; else only what is there. */
  readonly deleted?: boolean;
}

export interface RowPage {
  readonly rows: readonly Row[];
  /** How many rows the conditions let through. */
  readonly total: number;
  readonly next: string | null;
}

export interface Rows {
  /** A tombstone too; undefined where nothing was typed under that key. */
  get(table: RecordTable, key: string): Promise<Row | undefined>;
  /** @throws RECORDS_QUERY where a field, a limit or a cursor is none */
  list(table: RecordTable, query: RowQuery): Promise<RowPage>;
}
