// The log of entries in MongoDB.
import { randomUUID } from 'node:crypto';
import type { Filter } from 'mongodb';
import { appending, type LogStore } from '../append.js';
import type { Entry, RecordPlace, RecordTable } from '../entry.js';
import type { Entries } from '../records.js';
import { appender } from './appender.js';
import { headCollection, logCollection } from './collections.js';
import { type EntryDocument, entryOf, storedOf } from './log-document.js';
import { idOf, idsOf, type Store, type Stored } from './store.js';
import { sequenceKey, tailOf } from './tail.js';

/** One for each workspace: which log it is, and how far its rows have been brought. */
export interface Head extends Stored {
  readonly log?: string;
  readonly projected?: number;
}

/** How many entries are read at once; of what was written just now there are mostly few, which their ids find. */
const pageSize = 500;
const firstPage = 20;

export interface RowStore {
  project(entry: Entry): Promise<void>;
  /** Of the row; 0 where there is none. It may be behind the log, never before it. */
  version(table: RecordTable, key: string): Promise<number>;
}

export function mongoEntries(store: Store, workspace: string, rows: RowStore): Entries {
  const entries = store.collection<EntryDocument>(logCollection);
  const heads = store.collection<Head>(headCollection);
  const tail = tailOf(store, workspace);
  const find = (where: Partial<EntryDocument>) => store.ask(() => entries.findOne({ workspace, ...where }));

  const log: LogStore = {
    project: rows.project,
    insert: appender(store, workspace, tail),
    async identified(identity) {
      const found = await find({ identity });
      return found ? storedOf(found) : undefined;
    },
    newest: (places) => Promise.all(places.map(newestOf)),
  };

  /** By look-ups of single versions: from that of the row on, which is nearly always the last. */
  async function newestOf({ table, key }: RecordPlace): Promise<Entry | undefined> {
    const [seen, first] = await Promise.all([rows.version(table, key), find({ table, key, version: 1 })]);
    if (seen === 0 && !first) return undefined;
    let last = seen <= 1 ? first : await find({ table, key, version: seen });
    for (let version = Math.max(1, seen) + 1; ; version++) {
      const next: EntryDocument | null = await find({ table, key, version });
      if (!next) return last ? entryOf(last) : undefined;
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

  return {
    ...appending(log),
    newest: log.newest,
    async end() {
      const [id, sequence] = await Promise.all([store.ask(logId), tail.find()]);
      return { log: id, sequence };
    },
    async *read(after) {
      let last = Math.max(0, after);
      const idAfter = (_: unknown, index: number) => idOf(workspace, sequenceKey(last + 1 + index));
      const pageOf = (_id: NonNullable<Filter<EntryDocument>['_id']>, size: number) =>
        store.ask(() => entries.find({ _id }).sort({ _id: 1 }).limit(size).toArray());
      let size = firstPage;
      let page = await pageOf({ $in: Array.from({ length: size }, idAfter) }, size);
      for (;;) {
        for (const one of page) yield entryOf(one);
        last = page.at(-1)?.sequence ?? last;
        // Should there be a gap after all, what lies behind it is not left out.
        if (page.length < size && (size === pageSize || (await tail.find()) <= last)) return;
        size = pageSize;
        page = await pageOf(idsOf(workspace, { after: sequenceKey(last) }), size);
      }
    },
    // The sequences have no gap.
    count: async (after) => Math.max(0, (await tail.find()) - Math.max(0, after)),
    async history(table, key) {
      const found = () => entries.find({ workspace, table, key }).sort({ version: 1 }).toArray();
      return (await store.ask(found)).map(entryOf);
    },
  };
}
