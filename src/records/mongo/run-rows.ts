// The rows of the published run in MongoDB, one collection for each table. Whoever brings rows in takes the next turn, which
// each of its rows bears: a row of a later turn is never written over by an earlier one, and a reader who has seen turn 7
// takes no row of turn 8 for one of that run. Whoever brings in all rows writes them under ids of its own, which begin with its
// turn. So it needs no transaction, and what a slow writer leaves counts for nothing.
import { randomUUID } from 'node:crypto';
import type { AnyBulkWriteOperation } from 'mongodb';
import {
  type RunRow,
  type RunRowChange,
  type RunRowKey,
  type RunRowPlace,
  type RunRows,
  type RunRowTable,
  runRowTables,
} from '../run-rows.js';
import { areDuplicates } from './faults.js';
import { idOf, idsOf, type Store, type Stored } from './store.js';

interface WholeRun extends Stored {
  /** Null while rows are brought in. */
  readonly run: string | null;
  /** Of whoever brings them in, or did last. */
  readonly token: string;
  readonly turn: number;
  /** The turn that brought in all rows, with which their ids begin. */
  readonly base: number;
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

const placeText = ({ table, key }: RunRowPlace): string => `${table}/${key}`;

export function mongoRunRows(store: Store, workspace: string): RunRows {
  const runs = store.collection<WholeRun>('whole_runs');
  const head = { _id: workspace };
  const rowsOf = (table: RunRowTable) => store.collection<RunRowDocument>(`run_${table}`);

  /** Takes the next turn. Undefined where the rows here are not those of `from`, or another has begun already. */
  async function begin(from: string | null, token: string): Promise<WholeRun | undefined> {
    const asked = from === null ? head : { ...head, run: from };
    const next = { $inc: { turn: 1 }, $set: { run: null, token } };
    const begun = await runs.findOneAndUpdate(asked, next, { upsert: from === null, returnDocument: 'after' });
    if (!begun || from !== null) return begun ?? undefined;
    const base = begun.turn;
    return (await runs.updateOne({ ...head, token }, { $set: { base } })).matchedCount === 1
      ? { ...begun, base }
      : undefined;
  }

  async function bring(turn: number, base: number, changes: readonly RunRowChange[]): Promise<void> {
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
    rowsOf(table).insertMany(documents, { ordered: false });

  const replace = (table: RunRowTable, turn: number, documents: RunRowDocument[]): Promise<unknown> => {
    const writes = documents.map(({ _id, ...replacement }): AnyBulkWriteOperation<RunRowDocument> => {
      return { replaceOne: { filter: { _id, turn: { $lte: turn } }, replacement, upsert: true } };
    });
    return rowsOf(table).bulkWrite(writes, { ordered: false });
  };

  /** Most rows are of this source, which an id finds: one question for each table. */
  async function ownRows(base: number, places: readonly RunRowPlace[]): Promise<Map<string, RunRowDocument>> {
    const asked = runRowTables.map(async (table) => {
      const keys = places.filter((place) => place.table === table).map(({ key }) => key);
      if (keys.length === 0) return [];
      const ids = keys.map((key) => rowId(workspace, base, { key, source: 'default' }));
      const found = await rowsOf(table)
        .find({ _id: { $in: ids } })
        .toArray();
      const there = found.filter(({ row }) => row !== null);
      return there.map((row) => [placeText({ table, key: row.key }), row] as const);
    });
    return new Map((await Promise.all(asked)).flat());
  }

  function othersOf(base: number, { table, key }: RunRowPlace): Promise<RunRowDocument[]> {
    const begin = rowId(workspace, base, { key, source: '' });
    const found = rowsOf(table).find({ _id: { $gte: begin, $lt: `${begin.slice(0, -1)}\u0001` } });
    return found.sort({ _id: 1 }).toArray();
  }

  return {
    async whole() {
      return (await store.ask(() => runs.findOne(head)))?.run ?? undefined;
    },
    get: (run, places) =>
      store.ask(async () => {
        const found = await runs.findOne(head);
        if (!found || found.run !== run) return undefined;
        const own = await ownRows(found.base, places);
        const all = await Promise.all(
          places.map(async (place) => {
            const row = own.get(placeText(place));
            return row ? [row] : await othersOf(found.base, place);
          }),
        );
        if (all.flat().some(({ turn }) => turn > found.turn)) return undefined;
        return all.map((rows) => rows.find(({ row }) => row !== null)?.row ?? null);
      }),
    page: (run, table, { after, limit }) =>
      store.ask(async () => {
        const found = await runs.findOne(head);
        if (!found || found.run !== run) return undefined;
        const begin = idOf(workspace, padded(found.base));
        const asked = {
          _id: { $gt: after ? rowId(workspace, found.base, after) : `${begin}/`, $lt: `${begin}0` },
          $or: [{ row: { $ne: null } }, { turn: { $gt: found.turn } }],
        };
        const page = await rowsOf(table).find(asked).sort({ _id: 1 }).limit(limit).toArray();
        if (page.some(({ turn }) => turn > found.turn)) return undefined;
        return page.flatMap(({ row }) => (row === null ? [] : [row]));
      }),
    count: (run, table, keys) =>
      store.ask(async () => {
        const found = await runs.findOne(head);
        if (!found || found.run !== run) return undefined;
        const asked = {
          _id: { $in: keys.map((key) => rowId(workspace, found.base, { key, source: 'default' })) },
          $or: [{ row: { $ne: null } }, { turn: { $gt: found.turn } }],
        };
        const own = await rowsOf(table)
          .find(asked, { projection: { turn: 1 } })
          .toArray();
        return own.some(({ turn }) => turn > found.turn) ? undefined : own.length;
      }),
    async bringIn({ run, from, changes }) {
      const token = randomUUID();
      const mine = { ...head, token };
      const begun = await store.ask(() => begin(from, token));
      if (!begun) return false;
      for await (const some of changes) {
        if (!(await store.ask(() => runs.findOne(mine, { projection: { _id: 1 } })))) return false;
        await store.ask(() => bring(begun.turn, begun.base, some));
      }
      const old = { _id: { ...idsOf(workspace), $lt: idOf(workspace, padded(begun.base)) } };
      if (from === null) for (const table of runRowTables) await store.ask(() => rowsOf(table).deleteMany(old));
      return (await store.ask(() => runs.updateOne(mine, { $set: { run } }))).matchedCount === 1;
    },
  };
}
