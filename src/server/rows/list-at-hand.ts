// A page of a table in the order of its keys, all of whose rows are wanted: of those at hand, with what was typed since in its
// place. Every other list is a question to the files of the run.
import type { FastifyRequest } from 'fastify';
import { cursorOf } from '../../analytics/rows/order.js';
import type { Page, PageRequest } from '../../analytics/rows/rows.js';
import type { Entry, RecordTable } from '../../records/entry.js';
import { inKeyOrder, type RunRow, type RunRowKey } from '../../records/run-rows.js';
import type { Publication } from '../answer/publication.js';
import { keyOf, rowOfValues } from '../records/row.js';
import { pageAtHand, rowAtHand } from './at-hand.js';

/** Of more typed records it is quicker to ask the files. */
const mostTyped = 100;

/** Undefined where the page is not such a one, or the rows are not at hand. */
export async function listAtHand(
  request: FastifyRequest,
  table: RecordTable,
  { filters, order, limit, from }: PageRequest,
  { manifest }: Publication,
  typed: readonly Entry[],
): Promise<Page | undefined> {
  const key = keyOf(table);
  const inOrder = order.length === 2 && order[0]?.column.name === key && order[1]?.column.name === 'source';
  const forward = order.every(({ descending }) => !descending);
  if (filters.length > 0 || !inOrder || !forward || typed.length > mostTyped) return undefined;
  const after = placeOf(from);
  if (after === undefined) return undefined;

  const inPlace = new Map(typed.map((entry) => [entry.key, entry]));
  const page = { ...(after && { after }), limit: limit + 1 + typed.length };
  const found = await pageAtHand(request, manifest.id, table, page);
  if (!found) return undefined;
  const kept = found.filter((row) => row.source !== 'default' || !inPlace.has(String(row[key])));
  const own = typed.flatMap((entry) => (entry.after === null ? [] : [rowOfValues(table, entry.key, entry.after)]));
  const beyond = own.filter((row) => after === null || inKeyOrder(placeIn(row, key), after) > 0);
  // Enough rows were read that what was typed behind the last of them is beyond this page.
  const rows = [...kept, ...beyond].sort((a, b) => inKeyOrder(placeIn(a, key), placeIn(b, key))).slice(0, limit + 1);

  let total = manifest.tables[table]?.rows ?? 0;
  const before = await Promise.all(typed.map((entry) => rowAtHand(request, manifest.id, { table, key: entry.key })));
  for (const [at, { after: values }] of typed.entries()) {
    const published = before[at];
    if (published === undefined) return undefined;
    total += Number(values !== null) - Number(published?.source === 'default');
  }
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, total, next: last && rows.length > limit ? cursorOf(order, last) : null };
}

/** Null: from the beginning. Undefined: from a row that has to be counted to. */
function placeOf(from: PageRequest['from']): RunRowKey | null | undefined {
  if (typeof from === 'number') return from === 0 ? null : undefined;
  const [key, source] = from;
  return key && source ? { key: key.text, source: source.text } : undefined;
}

const placeIn = (row: RunRow, key: string): RunRowKey => ({ key: String(row[key]), source: String(row.source) });
