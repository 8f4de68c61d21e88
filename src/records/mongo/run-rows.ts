// The rows of the published run in MongoDB, one collection for each table. Whoever brings rows in takes the next turn, which each of its rows bears: a row of a
// later turn is never written over by an earlier one, and a reader who has seen turn 7 takes no row of turn 8 for one of that
// run. Whoever brings in all rows writes them under ids of its own, which begin with its turn. So it needs no transaction, and
// what a slow writer leaves counts for nothing. A row of a turn that was seen is right for good, whatever came since; only
// where none is found it must be looked whether they are there still.
import { randomUUID } from 'node:crypto';
import type { AnyBulkWriteOperation } from 'mongodb';
import { bytewise } from '../bytewise.js';
import {
  type RunRow,
  type RunRowChange,
  type RunRowKey,
  type RunRowPage,
  type RunRowPlace,
  type RunRows,
  type RunRowTable,
  runRowTables,
} from '../run-rows.js';
import { sharedLook } from '../shared-look.js';
import { byUnique } from './by-unique.js';
import { areDuplicates } from './faults.js';
import { Newest } from './newest.js';
import { idOf, idsOf, type Store, type Stored } from './store.js';

interface WholeRun extends Stored {
  /** Null while rows are brought in. */
  readonly run: string | null;
  /** Of whoever brings them in, or did last. */
  readonly token: string;
  readonly turn: number;
  /** The turn that brought in all rows, with which their ids begin. */
  readonly base: number;
  /** The sources that rows of that base have, or had. */
  readonly sources: readonly string[];
}

interface RunRowDocument extends Stored {
  readonly workspace: string;
  readonly key: string;
  readonly source: string;
  readonly turn: number;
  /** Null where the run no longer has it. */
  readonly row: RunRow | null;
}

const padded = (base: number): string => String(base).padStart(12, '0');

/** A NUL is below all characters, so that the ids are in the order of key and source. */
const rowId = (workspace: string, base: number, { key, source }: RunRowKey): string =>
  idOf(workspace, `${padded(base)}/${key}\0${source}`);

export function mongoRunRows(store: Store, workspace: string): RunRows {
  const runs = store.collection<WholeRun>('runs_at_hand');
  const rowsIn = (table: RunRowTable) => store.collection<RunRowDocument>(`run_${table}`);
  const byId = Object.fromEntries(
    runRowTables.map((table) => [table, byUnique<RunRowDocument>(store, `run_${table}`)]),
  ) as Record<RunRowTable, (id: string) => Promise<RunRowDocument | undefined>>;
  const head = { _id: workspace };
  let seen: WholeRun | undefined;
  /** Those of a run never change, and most who list a table see its first pages alone. */
  const pages = new Newest<string, Promise<RunRow[] | undefined>>(20);

  const look = sharedLook(async () => {
    seen = (await store.ask(() => runs.findOne(head))) ?? undefined;
    return seen;
  });

  /** Of several sources that have the key, the row of `default`. Null: there is none. Undefined: one is of a later turn. */
  async function readRow(
    { base, turn, sources }: WholeRun,
    { table, key }: RunRowPlace,
  ): Promise<RunRow | null | undefined> {
    const inOrder = ['default', ...sources.filter((source) => source !== 'default').sort(bytewise)];
    const found = await Promise.all(inOrder.map((source) => byId[table](rowId(workspace, base, { key, source }))));
    if (found.some((one) => one !== undefined && one.turn > turn)) return undefined;
    return found.find((one) => one?.row)?.row ?? null;
  }

  /**
   * What is read of the rows of a run, where they were there from its begin to its end. Undefined: the rows here are another's.
   * @param isSure Whether what was found needs no look at what became of the others.
   */
  async function steadily<Found>(
    run: string,
    read: (state: WholeRun) => Promise<Found | undefined>,
    isSure: (found: Found) => boolean = () => false,
  ): Promise<Found | undefined> {
    for (let state = seen ?? (await look()); ; ) {
      const found = state?.run === run ? await read(state) : undefined;
      if (found !== undefined && isSure(found)) return found;
      const now = await look();
      if (now?.run !== run) return undefined;
      if (state?.run === run && state.turn === now.turn) return found;
      state = now;
    }
  }

  /** Undefined where a row of a later turn is among them. */
  async function readPage(
    { base, turn }: WholeRun,
    table: RunRowTable,
    { after, limit }: RunRowPage,
  ): Promise<RunRow[] | undefined> {
    const begin = idOf(workspace, padded(base));
    const asked = {
      _id: { $gt: after ? rowId(workspace, base, after) : `${begin}/`, $lt: `${begin}0` },
      $or: [{ row: { $ne: null } }, { turn: { $gt: turn } }],
    };
    const page = await store.ask(() => rowsIn(table).find(asked).sort({ _id: 1 }).limit(limit).toArray());
    if (page.some((one) => one.turn > turn)) return undefined;
    return page.flatMap(({ row }) => (row === null ? [] : [row]));
  }

  /** Takes the next turn. Undefined where the rows here are not those of `from`, or another has begun already. */
  async function begin(from: string | null, token: string): Promise<WholeRun | undefined> {
    const asked = from === null ? head : { ...head, run: from };
    const next = { $inc: { turn: 1 }, $set: { run: null, token } };
    const begun = await runs.findOneAndUpdate(asked, next, { upsert: from === null, returnDocument: 'after' });
    if (!begun || from !== null) return begun ?? undefined;
    const base = begun.turn;
    return (await runs.updateOne({ ...head, token }, { $set: { base, sources: [] } })).matchedCount === 1
      ? { ...begun, base, sources: [] }
      : undefined;
  }

  async function bring({ turn, base }: WholeRun, changes: readonly RunRowChange[]): Promise<void> {
    for (const table of runRowTables) {
      const own = changes.filter((change) => change.table === table);
      const documents = own.map(({ key, source, row }): RunRowDocument => {
        return { _id: rowId(workspace, base, { key, source }), workspace, key, source, turn, row };
      });
      if (documents.length === 0) continue;
      const written = turn === base ? insert(table, documents) : replace(table, turn, documents);
      // What is there is of a later turn, so that ours are no longer asked for; or ours, sent twice by the driver.
      await written.catch((error: unknown) => {
        if (!areDuplicates(error)) throw error;
      });
    }
  }

  const insert = (table: RunRowTable, documents: RunRowDocument[]): Promise<unknown> =>
    rowsIn(table).insertMany(documents, { ordered: false });

  const replace = (table: RunRowTable, turn: number, documents: RunRowDocument[]): Promise<unknown> => {
    const writes = documents.map(({ _id, ...replacement }): AnyBulkWriteOperation<RunRowDocument> => {
      return { replaceOne: { filter: { _id, turn: { $lte: turn } }, replacement, upsert: true } };
    });
    return rowsIn(table).bulkWrite(writes, { ordered: false });
  };

  return {
    async whole() {
      return (await look())?.run ?? undefined;
    },
    async get(run, places) {
      const isThere = (row: RunRow | null) => row !== null;
      const rows = await Promise.all(places.map((place) => steadily(run, (state) => readRow(state, place), isThere)));
      return rows.every((row) => row !== undefined) ? rows : undefined;
    },
    async page(run, table, page) {
      const asked = JSON.stringify([run, table, page.after?.key, page.after?.source, page.limit]);
      const known = pages.get(asked) ?? steadily(run, (state) => readPage(state, table, page));
      pages.set(asked, known);
      try {
        const found = await known;
        if (!found) pages.delete(asked);
        return found;
      } catch (error) {
        pages.delete(asked);
        throw error;
      }
    },
    count: (run, table, keys) =>
      steadily(run, async ({ base, turn }) => {
        const _id = { $in: keys.map((key) => rowId(workspace, base, { key, source: 'default' })) };
        const asked = { _id, $or: [{ row: { $ne: null } }, { turn: { $gt: turn } }] };
        const find = () => rowsIn(table).find(asked, { projection: { turn: 1 } });
        const own = await store.ask(() => find().toArray());
        return own.some((one) => one.turn > turn) ? undefined : own.length;
      }),
    async bringIn({ run, from, changes }) {
      const token = randomUUID();
      const mine = { ...head, token };
      const begun = await store.ask(() => begin(from, token));
      if (!begun) return false;
      let { sources } = begun;
      for await (const some of changes) {
        sources = [...new Set([...sources, ...some.map(({ source }) => source)])];
        // Before the rows, so that whoever finds them whole knows all of their sources.
        const noted = await store.ask(() => runs.updateOne(mine, { $set: { sources } }));
        if (noted.matchedCount === 0) return false;
        await store.ask(() => bring(begun, some));
      }
      const old = { _id: { ...idsOf(workspace), $lt: idOf(workspace, padded(begun.base)) } };
      if (from === null) for (const table of runRowTables) await store.ask(() => rowsIn(table).deleteMany(old));
      return (await store.ask(() => runs.updateOne(mine, { $set: { run } }))).matchedCount === 1;
    },
  };
}
