// The log of entries in MongoDB.
import { randomUUID } from 'node:crypto';
import { appending, type LogStore } from '../append.js';
import type { Entry, RecordPlace, RecordTable } from '../entry.js';
import type { Entries } from '../records.js';
import { appender } from './appender.js';
import { byUnique } from './by-unique.js';
import { headCollection, logCollection } from './collections.js';
import { type EntryDocument, entryOf, recordVersion, sequenceKey, storedOf } from './log-document.js';
import { idOf, type Store, type Stored } from './store.js';
import { tailOf } from './tail.js';

/** One for each workspace: which log it is, and how far its rows have been brought. */
export interface Head extends Stored {
  readonly log?: string;
  readonly projected?: number;
}

/** How many entries are read at once. */
const pageSize = 500;

/** How many versions of a record are looked for at once: few records have more. */
const firstVersions = [1, 2, 3] as const;

export interface RowStore {
  project(entry: Entry): Promise<void>;
  /** Of the row; 0 where there is none. It may be behind the log, never before it. */
  version(table: RecordTable, key: string): Promise<number>;
}

export function mongoEntries(store: Store, workspace: string, rows: RowStore): Entries {
  const entries = store.collection<EntryDocument>(logCollection);
  const heads = store.collection<Head>(headCollection);
  const tail = tailOf(store, workspace, logId);
  const byVersion = byUnique<EntryDocument>(store, logCollection, 'recordVersion');
  const byIdentity = byUnique<EntryDocument>(store, logCollection, 'identity');

  const write = appender(store, workspace, tail);

  const log: LogStore = {
    project: rows.project,
    async insert(entry) {
      const written = await write(entry);
      if (written) await rows.project(written);
      return written;
    },
    async identified(identity) {
      const found = await byIdentity(idOf(workspace, identity));
      return found && storedOf(found);
    },
    newest: (places) => Promise.all(places.map(newestOf)),
  };

  async function newestOf({ table, key }: RecordPlace): Promise<Entry | undefined> {
    const find = (version: number) => byVersion(recordVersion(workspace, table, key, version));
    const first = await Promise.all(firstVersions.map(find));
    let last = first.findLast((one) => one !== undefined);
    if (last?.version !== firstVersions.length) return last && entryOf(last);
    // From that of the row on, which is nearly always the last.
    const row = Math.max(firstVersions.length, await rows.version(table, key));
    for (let version = row; ; version++) {
      const next = await find(version);
      if (!next) return entryOf(last);
      last = next;
    }
  }

  async function logId(): Promise<string> {
    const found = await heads.findOne({ _id: workspace });
    if (found?.log !== undefined) return found.log;
    // Of several processes one makes it.
    const made = { $setOnInsert: { log: randomUUID() } };
    const head = await heads.findOneAndUpdate({ _id: workspace }, made, { upsert: true, returnDocument: 'after' });
    return head?.log ?? '';
  }

  async function pageAfter(after: number, through: number): Promise<readonly Entry[]> {
    const idAfter = (_: unknown, index: number) => idOf(workspace, sequenceKey(after + 1 + index));
    const ids = Array.from({ length: through - after }, idAfter);
    const found = await store.ask(() => entries.find({ _id: { $in: ids } }).toArray());
    return found.map(entryOf).sort((a, b) => a.sequence - b.sequence);
  }

  return {
    ...appending(log),
    newest: log.newest,
    end: tail.look,
    async *read(after, through) {
      const end = through ?? (await tail.look()).sequence;
      for (let last = Math.max(0, after); last < end; ) {
        const next = Math.min(end, last + pageSize);
        yield* tail.recent(last, next) ?? (await pageAfter(last, next));
        last = next;
      }
    },
    // Only what most members have is read.
    settled: async () => undefined,
    // The sequences have no gap.
    count: async (after) => Math.max(0, (await tail.look()).sequence - Math.max(0, after)),
    async history(table, key) {
      const from = (version: number) => recordVersion(workspace, table, key, version);
      const all = { recordVersion: { $gte: from(1), $lte: from(999_999_999) }, table, key };
      return (await store.ask(() => entries.find(all).sort({ recordVersion: 1 }).toArray())).map(entryOf);
    },
  };
}
