// Records in this process's memory, for tests and for trying things out.
import { randomUUID } from 'node:crypto';
import { appending, type LogStore, type Stored } from './append.js';
import { bytewise } from './bytewise.js';
import type { Entry, RecordTable } from './entry.js';
import { memoryDocuments } from './memory-documents.js';
import { memoryRunRows } from './memory-run-rows.js';
import type { KeptPrediction, Outcome, Prediction, PredictionQuery } from './predictions.js';
import { rowOf } from './projection.js';
import { cursorAfter, type ReadQuery, readRowQuery } from './query.js';
import type { Records } from './records.js';
import type { Row } from './rows.js';

/** @param directory That of another workspace; else one of its own. */
export function openMemoryRecords(directory = memoryDocuments()): Records {
  const id = randomUUID();
  const log: Stored[] = [];
  const rows = new Map<string, Row>();
  const predictions = new Map<string, Prediction>();
  const outcomes = new Map<string, Outcome>();

  const entryOf = ({ identity: _identity, digest: _digest, ...entry }: Stored): Entry => structuredClone(entry);
  const isOf = (table: RecordTable, key: string) => (entry: Entry) => entry.table === table && entry.key === key;
  async function project(entry: Entry): Promise<void> {
    const place = placeOf(entry.table, entry.key);
    if ((rows.get(place)?.version ?? 0) < entry.version) rows.set(place, structuredClone(rowOf(entry)));
  }

  const store: LogStore = {
    identified: async (identity) => structuredClone(log.find((entry) => entry.identity === identity)),
    async newest(places) {
      return places.map(({ table, key }) => {
        const newest = log.findLast(isOf(table, key));
        return newest && entryOf(newest);
      });
    },
    async insert(entry) {
      const isTaken = log.some(
        (other) =>
          other.identity === entry.identity || (other.version === entry.version && isOf(entry.table, entry.key)(other)),
      );
      if (isTaken) return undefined;
      const stored = structuredClone({ ...entry, sequence: log.length + 1 });
      log.push(stored);
      await project(stored);
      return entryOf(stored);
    },
    project,
  };

  function* kept({ model, version, from = '', before, matured, known }: PredictionQuery): Generator<KeptPrediction> {
    const found = [...predictions.values()].filter(
      (one) =>
        one.model === model &&
        (version === undefined || one.version === version) &&
        one.at >= from &&
        (before === undefined || one.at < before) &&
        (matured === undefined || outcomes.has(one.id) === matured) &&
        (known === undefined || (one.patient !== null) === known),
    );
    found.sort((a, b) => compare(a.at, b.at) || compare(a.id, b.id));
    for (const one of found) yield structuredClone({ ...one, outcome: outcomes.get(one.id) ?? null });
  }

  return {
    driver: 'memory',
    address: 'memory',
    unchecked: [],
    entries: {
      ...appending(store),
      newest: store.newest,
      end: async () => ({ log: id, sequence: log.length }),
      async *read(after, through = Number.POSITIVE_INFINITY) {
        for (let at = Math.max(0, after); at < Math.min(through, log.length); at++) yield entryOf(log[at] as Stored);
      },
      settled: async () => undefined,
      count: async (after) => Math.max(0, log.length - Math.max(0, after)),
      history: async (table, key) => log.filter(isOf(table, key)).map(entryOf),
    },
    rows: {
      get: async (table, key) => structuredClone(rows.get(placeOf(table, key))),
      async list(table, query) {
        const asked = readRowQuery(table, query);
        const all = [...rows.values()].filter((row) => row.table === table && fits(row, asked));
        const { order, limit, place } = asked;
        const sorted = all.sort((a, b) => inOrder(order, a, b));
        const last = place && {
          key: place.key,
          values: Object.fromEntries(order.map(({ field }, index) => [field, place.values[index] ?? null])),
        };
        const rest = last ? sorted.filter((row) => inOrder(order, row, last) > 0) : sorted;
        const page = structuredClone(rest.slice(0, limit));
        const end = page.at(-1);
        const next = end && rest.length > limit ? cursorAfter(order, end) : null;
        return { rows: page, total: all.length, next };
      },
    },
    runRows: memoryRunRows(),
    predictions: {
      async keep(given) {
        for (const one of given) if (!predictions.has(one.id)) predictions.set(one.id, structuredClone(one));
      },
      async mature(given) {
        const before = outcomes.size;
        for (const one of given) {
          if (!outcomes.has(one.prediction)) outcomes.set(one.prediction, structuredClone(one));
        }
        return outcomes.size - before;
      },
      async *read(query) {
        yield* kept(query);
      },
      count: async (query) => [...kept(query)].length,
    },
    documents: memoryDocuments(),
    directory,
    close: async () => undefined,
  };
}

const placeOf = (table: RecordTable, key: string): string => `${table}/${key}`;

function fits(row: Row, { where, deleted }: ReadQuery): boolean {
  if (row.deleted && !deleted) return false;
  return where.every(({ field, in: any, from, to }) => {
    const value = row.values[field] ?? null;
    const values = Array.isArray(value) ? value : [value as string | number | null];
    return values.some(
      (one) =>
        (any === undefined || any.includes(one)) &&
        (from === undefined || (one !== null && compare(one, from) >= 0)) &&
        (to === undefined || (one !== null && compare(one, to) <= 0)),
    );
  });
}

function inOrder(order: ReadQuery['order'], a: Pick<Row, 'values' | 'key'>, b: Pick<Row, 'values' | 'key'>): number {
  for (const { field, descending } of order) {
    const [left, right] = [a.values[field] ?? null, b.values[field] ?? null] as (string | number | null)[];
    if (left === right) continue;
    if (left == null) return 1;
    if (right == null) return -1;
    return descending ? compare(right, left) : compare(left, right);
  }
  return compare(a.key, b.key);
}

/** Texts by their bytes, as databases compare them. */
function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return bytewise(String(a), String(b));
}
