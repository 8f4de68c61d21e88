// An entry of the log as a document.
import type { Stored as StoredEntry } from '../append.js';
import type { Entry } from '../entry.js';
import { idOf, type Stored } from './store.js';
import { sequenceKey } from './tail.js';

export interface EntryDocument extends Stored, StoredEntry {
  readonly workspace: string;
}

export const documentOf = (workspace: string, entry: StoredEntry): EntryDocument => ({
  _id: idOf(workspace, sequenceKey(entry.sequence)),
  workspace,
  ...entry,
});

export function storedOf({ _id, workspace: _workspace, ...entry }: EntryDocument): StoredEntry {
  return entry as StoredEntry;
}

/** Field by field: what a document has more is not shown. */
export const entryOf = (found: StoredEntry): Entry => ({
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
