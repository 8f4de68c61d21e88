// The operational rows in MongoDB: one document for every record, in the collection of its table.
import type { Document } from 'mongodb';
import type { Entry, RecordTable, Values } from '../entry.js';
import { rowOf } from '../projection.js';
import { cursorAfter, readRowQuery } from '../query.js';
import type { Row, Rows } from '../rows.js';
import { isDuplicate } from './faults.js';
import { filterOf, pipelineOf } from './row-filter.js';
import { idOf, patiently, type Store, type Stored } from './store.js';

export interface RowDocument extends Stored {
  readonly workspace: string;
  readonly key: string;
  readonly version: number;
  readonly sequence: number;
  readonly deleted: boolean;
  readonly values: Values;
  readonly by: string;
  readonly at: string;
}

export function mongoRows(store: Store, workspace: string): Rows {
  return {
    async get(table, key) {
      const rows = store.collection<RowDocument>(table);
      const found = await store.ask(() => rows.findOne({ _id: idOf(workspace, key) }));
      return found ? shown(table, found) : undefined;
    },
    async list(table, query) {
      const asked = readRowQuery(table, query);
      const rows = store.collection<RowDocument>(table);
      const all = filterOf(workspace, { ...asked, place: undefined });
      const page = () =>
        rows.aggregate<RowDocument & Document>(pipelineOf(workspace, asked), { allowDiskUse: true }).toArray();
      const [total, found] = await Promise.all([store.ask(() => rows.countDocuments(all)), store.ask(page)]);
      const given = found.slice(0, asked.limit).map((one) => shown(table, one));
      const last = given.at(-1);
      return { rows: given, total, next: last && found.length > asked.limit ? cursorAfter(asked.order, last) : null };
    },
  };
}

/** Brings an entry into its row, unless a later one is there. */
export async function projectEntry(store: Store, workspace: string, entry: Entry): Promise<void> {
  const { table, key, version, sequence, deleted, values, by, at } = rowOf(entry);
  const rows = store.collection<RowDocument>(table);
  const _id = idOf(workspace, key);
  await store.ask(() =>
    patiently('a row', async () => {
      try {
        const row = { workspace, key, version, sequence, deleted, values, by, at };
        if (version === 1) await rows.insertOne({ _id, ...row });
        else await rows.replaceOne({ _id, version: { $lt: version } }, row, { upsert: true });
        return true;
      } catch (error) {
        // There is a row that is not below this version; or one was made at this moment, and may be.
        if (!isDuplicate(error)) throw error;
        return (await rows.findOne({ _id, version: { $gte: version } }, { projection: { _id: 1 } })) ? true : undefined;
      }
    }),
  );
}

/** The versions of the rows of these entries that are there. */
export async function versionsOf(store: Store, workspace: string, table: RecordTable, keys: readonly string[]) {
  const rows = store.collection<RowDocument>(table);
  const ids = keys.map((key) => idOf(workspace, key));
  const found = await store.ask(() =>
    rows.find({ _id: { $in: ids } }, { projection: { key: 1, version: 1 } }).toArray(),
  );
  return new Map(found.map(({ key, version }) => [key, version]));
}

const shown = (table: RecordTable, { key, version, sequence, deleted, values, by, at }: RowDocument): Row => ({
  ...{ table, key, version, sequence, deleted, values, by, at },
});
