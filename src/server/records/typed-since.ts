// What was typed since a run read the log: of each record its newest entry, which stands over the row of the run.
import type { Manifest } from '../../pipeline/publish/manifest.js';
import { type RecordTable, recordTables } from '../../records/entry.js';
import type { Records } from '../../records/records.js';
import { sharedLook } from '../../records/shared-look.js';
import { TypedTable } from './typed-table.js';

/** As it was when it was asked for, or a little later: it may hold an entry that its mark does not know yet. */
export interface TypedSince {
  /** How many entries no run has read. */
  readonly count: number;
  /** Up to which place of the log the run has read. */
  readonly after: number;
  /** Tells it from any other; null where it is nothing. */
  readonly mark: string | null;
  of(table: RecordTable): TypedTable;
}

export type TypedLog = (run: Manifest | undefined) => Promise<TypedSince>;

export const nothingTyped: TypedSince = { count: 0, after: 0, mark: null, of: () => new TypedTable() };

/** The log is read once: each question reads on from where the one before it ended. */
export function openTypedLog(records: () => Promise<Records | undefined>): TypedLog {
  let log = '';
  let tail = new Tail(0);
  let turn: Promise<unknown> = Promise.resolve();

  async function read(run: Manifest | undefined): Promise<TypedSince> {
    const entries = (await records())?.entries;
    if (!entries) return nothingTyped;
    const end = await entries.end();
    const after = run?.entries?.log === end.log ? run.entries.sequence : 0;
    // A run that is read by one who began before it was replaced, or a log that was.
    if (end.log !== log || after !== tail.after || end.sequence < tail.last) {
      tail = end.log === log && after > tail.after ? tail.from(after) : new Tail(after);
      log = end.log;
    }
    if (end.sequence > tail.last) for await (const entry of entries.read(tail.last, end.sequence)) tail.take(entry);
    const { count, last, tables } = tail;
    return { count, after, mark: count > 0 ? `${log}/${last}` : null, of: (table) => tables[table] };
  }

  function inTurn(run: Manifest | undefined): Promise<TypedSince> {
    const answer = turn.then(() => read(run));
    turn = answer.catch(() => undefined);
    return answer;
  }

  let newest: { readonly run: string | undefined; readonly look: () => Promise<TypedSince> } | undefined;
  return (run) => {
    if (!newest || newest.run !== run?.id) newest = { run: run?.id, look: sharedLook(() => inTurn(run)) };
    return newest.look();
  };
}

class Tail {
  readonly after: number;
  readonly tables = Object.fromEntries(recordTables.map((table) => [table, new TypedTable()])) as Readonly<
    Record<RecordTable, TypedTable>
  >;
  /** Where the entries of the log stand: it does not count by ones. */
  readonly #places: number[] = [];

  constructor(after: number) {
    this.after = after;
  }

  get count(): number {
    return this.#places.length;
  }

  get last(): number {
    return this.#places.at(-1) ?? this.after;
  }

  take(entry: Parameters<TypedTable['take']>[0] & { readonly table: RecordTable }): void {
    this.#places.push(entry.sequence);
    this.tables[entry.table].take(entry);
  }

  /** What is left of it once a run has read on to a place. */
  from(after: number): Tail {
    const rest = new Tail(after);
    for (const place of this.#places) if (place > after) rest.#places.push(place);
    for (const table of recordTables) rest.tables[table].keep(this.tables[table], after);
    return rest;
  }
}
