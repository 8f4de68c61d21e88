// A page of a table in the order of its keys, all of whose rows are wanted: of those at hand, with what was typed since in its
// place. Every other list is a question to the files of the run.
import type { FastifyRequest } from 'fastify';
import { cursorOf } from '../../analytics/rows/order.js';
import type { Page, PageRequest } from '../../analytics/rows/rows.js';
import type { RecordTable } from '../../records/entry.js';
import { inKeyOrder, type RunRow, type RunRowKey } from '../../records/run-rows.js';
import type { Publication } from '../answer/publication.js';
import { keyOf, rowOfValues } from '../records/row.js';
import type { TypedTable } from '../records/typed-table.js';
import { countAtHand, pageAtHand } from './at-hand.js';

/** Undefined where the page is not such a one, or the rows are not at hand. */
export async function listAtHand(
  request: FastifyRequest,
  table: RecordTable,
  { filters, order, limit, from }: PageRequest,
  { manifest }: Publication,
  typed: TypedTable,
): Promise<Page | undefined> {
  const key = keyOf(table);
  const inOrder = order.length === 2 && order[0]?.column.name === key && order[1]?.column.name === 'source';
  const forward = order.every(({ descending }) => !descending);
  if (filters.length > 0 || !inOrder || !forward) return undefined;
  let after = placeOf(from);
  if (after === undefined) return undefined;

  // One more than is shown tells whether there is a next page.
  const rows: RunRow[] = [];
  for (let isLast = false; !isLast && rows.length <= limit; ) {
    const found = await pageAtHand(request, manifest.id, table, { ...(after && { after }), limit: limit + 1 });
    if (!found) return undefined;
    isLast = found.length <= limit;
    const end = isLast ? null : placeIn(found.at(-1) as RunRow, key);
    const kept = found.filter((row) => row.source !== 'default' || !typed.has(String(row[key])));
    const own = typedBetween(typed, table, after, end, limit + 1);
    rows.push(...[...kept, ...own].sort((a, b) => inKeyOrder(placeIn(a, key), placeIn(b, key))));
    after = end;
  }

  const added = await typed.added(manifest.id, (keys) => countAtHand(request, manifest.id, table, keys));
  if (added === undefined) return undefined;
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = last && rows.length > limit ? cursorOf(order, last) : null;
  return { rows: shown, total: (manifest.tables[table]?.rows ?? 0) + added, next };
}

/** What was typed, after one place and not after another, as rows: the first so many. */
function typedBetween(
  typed: TypedTable,
  table: RecordTable,
  after: RunRowKey | null,
  end: RunRowKey | null,
  most: number,
): RunRow[] {
  const rows: RunRow[] = [];
  for (const { key, after: values } of typed.after(after)) {
    if (rows.length === most || (end && inKeyOrder({ key, source: 'default' }, end) > 0)) break;
    rows.push(rowOfValues(table, key, values ?? {}));
  }
  return rows;
}

/** Null: from the beginning. Undefined: from a row that has to be counted to. */
function placeOf(from: PageRequest['from']): RunRowKey | null | undefined {
  if (typeof from === 'number') return from === 0 ? null : undefined;
  const [key, source] = from;
  return key && source ? { key: key.text, source: source.text } : undefined;
}

const placeIn = (row: RunRow, key: string): RunRowKey => ({ key: String(row[key]), source: String(row.source) });
