// The rows of the published run in MongoDB, one collection for each table. Whoever brings rows in takes the next turn, which
// each of its rows bears: a row of a later turn is never written over by an earlier one, and a reader who has seen turn 7
// takes no row of turn 8 for one of that run. So it needs no transaction, and what a slow writer leaves counts for nothing.
import { randomUUID } from 'node:crypto';
import type { AnyBulkWriteOperation } from 'mongodb';
import {
  type RunRow,
  type RunRowChange,
  type RunRowKey,
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
  /** The turn that brought in all rows: those of earlier ones are none. */
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

/** A NUL is below all characters, so that the ids are in the order of key and source. */
const rowId = (workspace: string, { key, source }: RunRowKey): string => idOf(workspace, `${key}\0${source}`);

export function mongoRunRows(store: Store, workspace: string): RunRows {
  const runs = store.collection<WholeRun>('whole_runs');
  const head = { _id: workspace };
  const rowsOf = (table: RunRowTable) => store.collection<RunRowDocument>(`run_${table}`);

  /** Takes the next turn. Undefined where the rows here are not those of `from`. */
  async function begin(from: string | null, token: string): Promise<number | undefined> {
    const asked = from === null ? head : { ...head, run: from };
    const next = { $inc: { turn: 1 }, $set: { run: null, token } };
    const begun = await runs.findOneAndUpdate(asked, next, { upsert: from === null, returnDocument: 'after' });
    if (begun && from === null) await runs.updateOne({ ...head, token }, { $set: { base: begun.turn } });
    return begun?.turn;
  }

  async function bring(turn: number, changes: readonly RunRowChange[]): Promise<void> {
    for (const table of runRowTables) {
      const own = changes.filter((change) => change.table === table);
      const writes = own.map(({ key, source, row }): AnyBulkWriteOperation<RunRowDocument> => {
        const _id = rowId(workspace, { key, source });
        const replacement = { workspace, key, source, turn, row };
        return { replaceOne: { filter: { _id, turn: { $lte: turn } }, replacement, upsert: true } };
      });
      if (writes.length === 0) continue;
      await rowsOf(table)
        .bulkWrite(writes, { ordered: false })
        .catch((error: unknown) => {
          // Rows of a later turn are there: ours are no longer asked for.
          if (!areDuplicates(error)) throw error;
        });
    }
  }

  return {
    async whole() {
      return (await store.ask(() => runs.findOne(head)))?.run ?? undefined;
    },
    get: (run, table, key) =>
      store.ask(async () => {
        const found = await runs.findOne(head);
        if (!found || found.run !== run) return undefined;
        const rows = rowsOf(table);
        // Most rows are of this source, which an id finds.
        const own = await rows.findOne({ _id: rowId(workspace, { key, source: 'default' }) });
        const all =
          own && isThere(found, own)
            ? [own]
            : await rows
                .find({ _id: sourcesOf(workspace, key) })
                .sort({ _id: 1 })
                .toArray();
        if ([own, ...all].some((one) => one && one.turn > found.turn)) return undefined;
        return all.find((one) => isThere(found, one))?.row ?? null;
      }),
    page: (run, table, { after, limit }) =>
      store.ask(async () => {
        const found = await runs.findOne(head);
        if (!found || found.run !== run) return undefined;
        const asked = {
          _id: after ? { ...idsOf(workspace), $gt: rowId(workspace, after) } : idsOf(workspace),
          turn: { $gte: found.base },
          $or: [{ row: { $ne: null } }, { turn: { $gt: found.turn } }],
        };
        const page = await rowsOf(table).find(asked).sort({ _id: 1 }).limit(limit).toArray();
        if (page.some(({ turn }) => turn > found.turn)) return undefined;
        return page.flatMap(({ row }) => (row === null ? [] : [row]));
      }),
    async bringIn({ run, from, changes }) {
      const token = randomUUID();
      const mine = { ...head, token };
      const turn = await store.ask(() => begin(from, token));
      if (turn === undefined) return false;
      for await (const some of changes) {
        if (!(await store.ask(() => runs.findOne(mine, { projection: { _id: 1 } })))) return false;
        await store.ask(() => bring(turn, some));
      }
      const old = { _id: idsOf(workspace), turn: { $lt: turn } };
      if (from === null) for (const table of runRowTables) await store.ask(() => rowsOf(table).deleteMany(old));
      return (await store.ask(() => runs.updateOne(mine, { $set: { run } }))).matchedCount === 1;
    },
  };
}

/** Whether it is a row of the run, and not one that was left from an earlier one or that the run no longer has. */
const isThere = ({ base, turn }: WholeRun, row: RunRowDocument): boolean =>
  row.row !== null && row.turn >= base && row.turn <= turn;

const sourcesOf = (workspace: string, key: string) => ({
  $gte: idOf(workspace, `${key}\0`),
  $lt: idOf(workspace, `${key}\u0001`),
});
