// How an entry is appended, whatever keeps the log: what is judged first, and the one write that decides.
import { hash, randomUUID } from 'node:crypto';
import { CarelakeError } from '../errors.js';
import { RecordConflict } from './conflict.js';
import type { Entry, NewEntry, RecordPlace } from './entry.js';
import { together } from './together.js';

export interface Appended {
  readonly entry: Entry;
  /** Whether it was there already, under the same idempotency key. */
  readonly repeated: boolean;
}

/** An entry as it is stored: `identity` and `digest` tell a repeated write from another. */
export interface Stored extends Entry {
  /** The idempotency key, or a random one: no two entries share it. */
  readonly identity: string;
  /** Of what the write asks for. */
  readonly digest: string;
}

/** What a driver does. `insert` is one atomic write, which alone decides among several at once. */
export interface LogStore {
  /** The entry of that identity. */
  identified(identity: string): Promise<Stored | undefined>;
  /** The entry with the highest version of each of these records, in their order. */
  newest(places: readonly RecordPlace[]): Promise<(Entry | undefined)[]>;
  /**
   * And brings the entry into its operational row. Undefined, and nothing written, where another entry has the identity, or
   * the version of the record.
   */
  insert(entry: Omit<Stored, 'sequence'>): Promise<Entry | undefined>;
  /** The row alone of an entry that a crash may have kept from it; unless a later one is there. */
  project(entry: Entry): Promise<void>;
}

/** The same two of every log, whatever keeps it: as `Entries` says of them. */
interface Appending {
  append(entry: NewEntry): Promise<Appended>;
  known(entry: NewEntry): Promise<Entry | undefined>;
}

export function appending(store: LogStore): Appending {
  const newestOf = together(store.newest);

  /** @throws IDEMPOTENCY_REUSED */
  async function known(entry: NewEntry): Promise<Entry | undefined> {
    if (entry.idempotencyKey === null) return undefined;
    const found = await store.identified(entry.idempotencyKey);
    if (!found) return undefined;
    if (found.digest !== digestOf(entry)) throw reused(entry.idempotencyKey, found);
    await store.project(found);
    return entryOf(found);
  }

  /** @throws RECORD_EXISTS, RECORD_CONFLICT (both RecordConflict), IDEMPOTENCY_REUSED */
  async function append(entry: NewEntry): Promise<Appended> {
    const digest = digestOf(entry);
    const identity = entry.idempotencyKey ?? randomUUID();
    // Nearly every record that is created was never written: nothing need be looked up then, since the write is refused where
    // its first version or its identity is there.
    const first = entry.kind === 'create' && (await store.insert({ ...entry, version: 1, identity, digest }));
    if (first) return { entry: first, repeated: false };
    for (;;) {
      const [repeated, newest] = await Promise.all([known(entry), newestOf(entry)]);
      if (repeated) return { entry: repeated, repeated: true };
      const version = versionOf(entry, newest);
      if (version instanceof RecordConflict) {
        // What is in the way may be this very write, made since we asked.
        const made = await known(entry);
        if (made) return { entry: made, repeated: true };
        throw version;
      }
      const written = await store.insert({ ...entry, version, identity, digest });
      if (written) return { entry: written, repeated: false };
      // Another write was first: it is this one repeated, or its version shows above.
    }
  }

  return { append, known };
}

/** The version that the entry makes, or what is in its way. */
function versionOf(entry: NewEntry, present: Entry | undefined): number | RecordConflict {
  if (entry.kind === 'create') {
    if (present && present.kind !== 'delete') return new RecordConflict('RECORD_EXISTS', entry, present);
    return (present?.version ?? 0) + 1;
  }
  // What the log knows as deleted a file may have brought back, as it may have brought what the log does not know.
  if ((present?.version ?? 0) !== entry.expected) return new RecordConflict('RECORD_CONFLICT', entry, present);
  return entry.expected + 1;
}

function entryOf({ identity: _identity, digest: _digest, ...entry }: Stored): Entry {
  return entry;
}

/** What the row was before, when and from where are no part of what is asked for. */
function digestOf({ kind, table, key, expected, after }: NewEntry): string {
  const fields = Object.entries(after ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return hash('sha256', JSON.stringify([kind, table, key, expected, fields]), 'hex');
}

const reused = (identity: string, { kind, table, sequence }: Entry) =>
  new CarelakeError(
    'IDEMPOTENCY_REUSED',
    `The idempotency key ${JSON.stringify(identity.slice(0, 200))} stands for another write: entry ${sequence}, a ${kind} in ${table}.`,
  );
