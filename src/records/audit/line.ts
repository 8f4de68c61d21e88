// What one line of the audit chain holds: who did what to whose rows, and how it hangs on the line before.
import type { CollectionDefinition } from '../documents.js';

export type ActorKind = 'process' | 'user' | 'key' | 'token' | 'nobody';

/** What is to be written down. */
export interface AuditEvent {
  /** What was done, in lower case: `read`, `create`, `export`, `sign-in` … */
  readonly action: string;
  /**
   * `unchanged`: whoever asked was told that what they hold is still right. `refused`: the request was at fault, or not
   * allowed. `failed`: the server could not.
   */
  readonly outcome: 'done' | 'unchanged' | 'refused' | 'failed';
  /** Who, as signed in. */
  readonly by: string;
  readonly kind: ActorKind;
  /** From where: the network address, or the name of the program. */
  readonly from: string;
  /** The request that it came with, where there was one. */
  readonly request: string | null;
  /** Null of what is above the workspaces, such as a sign-in. */
  readonly workspace: string | null;
  /** The table whose rows they are; null where it is about no rows. */
  readonly table: string | null;
  /** The keys of the rows, each one. */
  readonly ids: readonly string[];
  /** The patients that rows of another table than `patients` are about, each once. */
  readonly patients: readonly string[];
  /** What else is to be known, without names or values of patients. */
  readonly detail: string | null;
}

/** An entry of the log of records that a line was taken over from, or a change of a user or key that it stood beside. */
export interface TakenOver {
  /** The UUID of the log, or the name of the document, with the place and the time of the entry; null of other lines. */
  readonly log: string | null;
  readonly entry: number | null;
  readonly entry_at: string | null;
}

export interface Line extends AuditEvent, TakenOver {
  /** Its place: 1, 2, 3 … without a gap. */
  readonly sequence: number;
  /** When the line was written, ISO 8601, UTC; never before that of the line before. */
  readonly at: string;
  /** Which of several lines about one event this is, since a line names a bounded number of rows: `1/1`, `2/3`. */
  readonly part: string;
  /** Which key it is sealed with; null where there was none. */
  readonly seal: string | null;
  /** The hash of the line before; of the first line 64 zeros. */
  readonly previous: string;
  /** Of all the above, in this order of their names: `hashed`. */
  readonly hash: string;
}

/** The fields that the hash covers, in their order. A field that is added comes last and raises the version in `seal.ts`. */
export const hashed = [
  ...(['sequence', 'at', 'action', 'outcome', 'by', 'kind', 'from', 'request', 'workspace', 'table', 'ids'] as const),
  ...(['patients', 'detail', 'log', 'entry', 'entry_at', 'part', 'seal', 'previous'] as const),
] as const satisfies readonly (keyof Line)[];

export type LineBody = Line & { readonly [field: string]: unknown };

export const auditCollection: CollectionDefinition<LineBody> = {
  name: 'audit',
  indexed: ['by', 'action', 'request', 'log'],
};

/** The end of a chain. */
export interface Head {
  readonly sequence: number;
  readonly hash: string;
  /** Of its last line; empty where it has none. */
  readonly at: string;
}

export const emptyHead: Head = { sequence: 0, hash: '0'.repeat(64), at: '' };

/** Keys are compared as texts, so that they are in the order of the numbers. */
export const keyOf = (sequence: number): string => String(sequence).padStart(15, '0');
