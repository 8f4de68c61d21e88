// The operational rows in MongoDB: one document for every record, in the collection of its table.
import type { AnyBulkWriteOperation, Document } from 'mongodb';
import { type Entry, type RecordTable, recordTables, type Values } from '../entry.js';
import { rowOf } from '../projection.js';
import { cursorAfter, readRowQuery } from '../query.js';
import type { Row, Rows } from '../rows.js';
import { byUnique } from './by-unique.js';
import { areDuplicates } from './faults.js';
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
  const byKey = {
    patients: byUnique<RowDocument>(store, 'patients'),
    visits: byUnique<RowDocument>(store, 'visits'),
    prescriptions: byUnique<RowDocument>(store, 'prescriptions'),
  } satisfies Record<RecordTable, unknown>;
  return {
    async get(table, key) {
      const found = await byKey[table](idOf(workspace, key));
      return found && shown(table, found);
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

/** Brings entries into their rows, unless later ones are there. */
export async function projectEntries(store: Store, workspace: string, entries: readonly Entry[]): Promise<void> {
  const ofTable = recordTables.map((table) => entries.filter((entry) => entry.table === table));
  await Promise.all(ofTable.map((own) => projectInto(store, workspace, own)));
}

async function projectInto(store: Store, workspace: string, entries: readonly Entry[]): Promise<void> {
  const [first] = entries;
  if (!first) return;
  const rows = store.collection<RowDocument>(first.table);
  const newest = new Map<string, Entry>();
  for (const entry of entries) {
    if ((newest.get(entry.key)?.version ?? 0) < entry.version) newest.set(entry.key, entry);
  }
  let rest = [...newest.values()];
  await store.ask(() =>
    patiently('a row', async () => {
      try {
        const writes = rest.map((entry) => writeOf(workspace, entry));
        await rows.bulkWrite(writes, { ordered: false });
        return true;
      } catch (error) {
        // There are rows that are not below these versions; or some were made at this moment, and may be.
        if (!areDuplicates(error)) throw error;
        const there = await versionsOf(store, workspace, first.table, [...newest.keys()]);
        rest = rest.filter(({ key, version }) => (there.get(key) ?? 0) < version);
        return rest.length === 0 ? true : undefined;
      }
    }),
  );
}

function writeOf(workspace: string, entry: Entry): AnyBulkWriteOperation<RowDocument> {
  const { key, version, sequence, deleted, values, by, at } = rowOf(entry);
  const _id = idOf(workspace, key);
  const row = { workspace, key, version, sequence, deleted, values, by, at };
  if (version === 1) return { insertOne: { document: { _id, ...row } } };
  return { replaceOne: { filter: { _id, version: { $lt: version } }, replacement: row, upsert: true } };
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
