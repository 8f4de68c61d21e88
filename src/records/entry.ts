// What the ordered log of entries holds: one record for every write, with what it changed and who answers for it.

import type { ActorKind } from './audit/line.js';

/** The tables that people type into. */
export const recordTables = ['patients', 'visits', 'prescriptions'] as const;

export type RecordTable = (typeof recordTables)[number];

/** A value of a field: text, number or list as the catalog types it; dates are YYYY-MM-DD, times YYYY-MM-DD HH:MM:SS. */
export type Value = string | number | null | readonly string[];

/** A whole row by field; a field that is not there is missing. */
export type Values = Readonly<Record<string, Value>>;

/** What the audit log keeps of a write. */
export interface AuditLine {
  /** Who wrote, as signed in. */
  readonly by: string;
  /** What signed in; of entries that were written before this was kept it is not there. */
  readonly kind?: ActorKind;
  /** From where: the network address, or the name of the program. */
  readonly from: string;
  /** The request that it came with, where there was one. */
  readonly request: string | null;
}

/** Where a record is found. */
export interface RecordPlace {
  readonly table: RecordTable;
  readonly key: string;
}

export interface NewEntry extends RecordPlace {
  /**
   * `create` where no such record is, or it was deleted; `change` and `delete` of the version that the writer saw, which may be
   * a deletion's, where a file brought the record back.
   */
  readonly kind: 'create' | 'change' | 'delete';
  /**
   * The version that the writer saw: 0 for a record that was never written here, such as a row of a file. Of a `create`
   * it says nothing and is 0.
   */
  readonly expected: number;
  /** The whole row as it was; null where there was none. */
  readonly before: Values | null;
  /** The whole row as it is to be; null of a `delete`. */
  readonly after: Values | null;
  readonly audit: AuditLine;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** A write that bears the same one is the same write, whatever its time and audit line. */
  readonly idempotencyKey: string | null;
}

export interface Entry extends NewEntry {
  /** Its place in the log: rises, not always by one. */
  readonly sequence: number;
  /** Which version of its record it makes: 1, 2 … */
  readonly version: number;
}
