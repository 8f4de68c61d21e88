// An entry of the log as a document. What must be single has one text under a unique index of its own, so that many are
// looked for with one command: the place in the log, the version of the record, the identity of the write.
import type { Stored as StoredEntry } from '../append.js';
import type { Entry, RecordTable } from '../entry.js';
import { idOf, type Stored } from './store.js';

export interface EntryDocument extends Stored, Omit<StoredEntry, 'identity'> {
  readonly workspace: string;
  /** `workspace/table/key/version` */
  readonly recordVersion: string;
  /** `workspace/identity` */
  readonly identity: string;
}

/** Texts in the order of the numbers. */
export const sequenceKey = (sequence: number): string => String(sequence).padStart(15, '0');

export const recordVersion = (workspace: string, table: RecordTable, key: string, version: number): string =>
  idOf(workspace, `${table}/${key}/${String(version).padStart(9, '0')}`);

export const documentOf = (workspace: string, { identity, ...entry }: StoredEntry): EntryDocument => ({
  _id: idOf(workspace, sequenceKey(entry.sequence)),
  workspace,
  recordVersion: recordVersion(workspace, entry.table, entry.key, entry.version),
  identity: idOf(workspace, identity),
  ...entry,
});

/** Field by field: what a document has more is not shown. */
export const entryOf = (found: Entry): Entry => ({
  sequence: found.sequence,
  kind: found.kind,
  table: found.table,
  key: found.key,
  version: found.version,
  expected: found.expected,
  before: found.before,
  after: found.after,
  audit: found.audit,
  at: found.at,
  idempotencyKey: found.idempotencyKey,
});

export const storedOf = (found: EntryDocument): StoredEntry => ({
  ...entryOf(found),
  identity: found.identity.slice(idOf(found.workspace, '').length),
  digest: found.digest,
});
