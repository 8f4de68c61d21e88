// Records in MongoDB, which any number of processes and machines may have open. Nothing rests on more than the atomic write
// of one document: no transaction, no session.
import { randomUUID } from 'node:crypto';
import type { Entry } from '../entry.js';
import { recordTables } from '../entry.js';
import type { Records } from '../records.js';
import { together } from '../together.js';
import { addressOf, clientOf } from './client.js';
import { headCollection, makeCollections } from './collections.js';
import { mongoDocuments } from './documents.js';
import { type Head, mongoEntries } from './entries.js';
import { mongoPredictions } from './predictions.js';
import { mongoRows, projectEntries, versionsOf } from './rows.js';
import { mongoRunRows } from './run-rows.js';
import { storeOf } from './store.js';

export interface MongoOptions {
  /** `mongodb://…` or `mongodb+srv://…`; it may hold a password and is shown to nobody. */
  readonly uri: string;
  readonly database: string;
  /** Whose records: a database holds those of all workspaces. */
  readonly workspace: string;
}

/** After how many entries it is noted how far the rows have come, so that a start has little to look through. */
const noteEvery = 1000;

/**
 * @throws RECORDS_UNREACHABLE, RECORDS_DENIED, RECORDS_BUSY, RECORDS_FULL, RECORDS_FAILED; later calls too, and go on when the
 * database is there again.
 */
export async function openMongoRecords({ uri, database, workspace }: MongoOptions): Promise<Records> {
  const client = clientOf(uri);
  const store = storeOf(uri, (name) => client.db(database).collection(name));
  const heads = store.collection<Head>(headCollection);
  const head = { _id: workspace };

  /** Brings in what no process has brought in, whoever wrote it. */
  async function catchUp(): Promise<void> {
    let last = (await store.ask(() => heads.findOne(head)))?.projected ?? 0;
    for (let page = await next(last); page.length > 0; page = await next(last)) {
      await projectEntries(store, workspace, await behind(page));
      last = page.at(-1)?.sequence ?? last;
    }
    const note = { $max: { projected: last }, $setOnInsert: { log: randomUUID() } };
    await store.ask(() => heads.updateOne(head, note, { upsert: true }));
  }

  async function next(after: number): Promise<Entry[]> {
    const page: Entry[] = [];
    for await (const entry of entries.read(after)) if (page.push(entry) === 500) break;
    return page;
  }

  /** Those of the entries whose rows are not there in their version. */
  async function behind(page: readonly Entry[]): Promise<Entry[]> {
    const found = recordTables.map(async (table) => {
      const own = page.filter((entry) => entry.table === table);
      if (own.length === 0) return [];
      const versions = await versionsOf(store, workspace, table, [...new Set(own.map(({ key }) => key))]);
      return own.filter(({ key, version }) => (versions.get(key) ?? 0) < version);
    });
    return (await Promise.all(found)).flat();
  }

  const rows = mongoRows(store, workspace);
  const bringIn = async (some: readonly Entry[]): Promise<undefined[]> => {
    await projectEntries(store, workspace, some);
    return some.map(() => undefined);
  };
  const project = together(bringIn, { atOnce: 2 });
  const entries = mongoEntries(store, workspace, {
    async project(entry) {
      await project(entry);
      if (entry.sequence % noteEvery === 0) await catchUp();
    },
    version: async (table, key) => (await rows.get(table, key))?.version ?? 0,
  });
  try {
    await store.ask(() => client.connect());
    const unchecked = await makeCollections(store, client.db(database));
    await catchUp();
    return {
      driver: 'mongodb',
      address: addressOf(uri, database),
      unchecked,
      entries,
      rows,
      runRows: mongoRunRows(store, workspace),
      predictions: mongoPredictions(store, workspace),
      documents: mongoDocuments(store, workspace),
      directory: mongoDocuments(store, ''),
      close: () => client.close(),
    };
  } catch (error) {
    await client.close();
    throw error;
  }
}
