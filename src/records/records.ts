// The contract of the records of one workspace: what people typed, and what models answered. Correctness rests on the
// atomic write of one row or document: a write is first one entry of the log; operational rows follow from it.
import type { Appended } from './append.js';
import type { Documents } from './documents.js';
import type { Entry, NewEntry, RecordPlace, RecordTable } from './entry.js';
import type { Predictions } from './predictions.js';
import type { Rows } from './rows.js';
import type { RunRows } from './run-rows.js';

/** A place in the log of a workspace. */
export interface LogPlace {
  /** A UUID, made with the log. */
  readonly log: string;
  readonly sequence: number;
}

export interface Entries {
  /**
   * Writes one entry, whole or not at all, and brings it into its row. When it returns, the entry has reached the disk.
   * A write repeated under its idempotency key changes nothing and returns the entry that is there.
   * @throws RECORD_EXISTS of a `create` where the record is; RECORD_CONFLICT where the version is not the one that the
   * writer saw (both are a RecordConflict, which holds what is there); IDEMPOTENCY_REUSED where the key stands for
   * another write.
   */
  append(entry: NewEntry): Promise<Appended>;
  /**
   * The entry that is there under this one's idempotency key, so that a write which is repeated is told from one that comes
   * too late; undefined where there is none. @throws IDEMPOTENCY_REUSED
   */
  known(entry: NewEntry): Promise<Entry | undefined>;
  /** The newest entry of each of these records, in their order; undefined where nothing was typed under that key. */
  newest(places: readonly RecordPlace[]): Promise<(Entry | undefined)[]>;
  /** Which log it is, since a file can be replaced by another, and the place of its last entry; 0 where it has none. */
  end(): Promise<LogPlace>;
  /**
   * The entries after a place in the log, in their order, which is that in which they became visible.
   * @param through The last place that is wanted; else the end.
   */
  read(after: number, through?: number): AsyncIterable<Entry>;
  /**
   * When it returns, what `read` gave before has reached the disk, whoever wrote it. Who keeps elsewhere what follows from
   * entries waits for it, or a crash could take them and leave that; what is kept beside them, in the same store, comes after them.
   */
  settled(): Promise<void>;
  /** How many `read` would give. */
  count(after: number): Promise<number>;
  /** All entries of one record, the first one first. */
  history(table: RecordTable, key: string): Promise<Entry[]>;
}

export interface Records {
  /** The driver's name, for errors and `doctor`. */
  readonly driver: 'sqlite' | 'mongodb' | 'memory';
  /** Where they are, as a person would write it. */
  readonly address: string;
  /** Collections whose documents the store itself does not check, though it was asked to: whoever writes past us can break them. */
  readonly unchecked: readonly string[];
  readonly entries: Entries;
  readonly rows: Rows;
  readonly runRows: RunRows;
  readonly predictions: Predictions;
  /** Of this workspace: uploads, mappings, drafts, jobs, the worklist. */
  readonly documents: Documents;
  /** Above the workspaces, the same in each of them: users, sessions, keys, refresh tokens, the audit chain. */
  readonly directory: Documents;
  /** Writes a consistent copy to a file that is not there, encrypted as these are; only where they are a file. */
  readonly copyTo?: (file: string) => Promise<void>;
  close(): Promise<void>;
}
