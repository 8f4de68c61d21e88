// What lists have in common: their parameters, the shape of their body, and the pages that they are read in.
import { Type } from 'typebox';
import { readFilter } from '../../analytics/rows/filter.js';
import { readCursor, readOrder } from '../../analytics/rows/order.js';
import type { PageRequest } from '../../analytics/rows/rows.js';
import type { Column } from '../../analytics/rows/value.js';
import { CarelakeError, type Fault } from '../../errors.js';

const mostRows = 1000;

/** Parameters of every list. */
export const paging = {
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000, default: 1, description: 'Counted from 1.' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: mostRows, default: 50, description: 'Rows of a page.' })),
};

export const cursor = {
  after: Type.Optional(
    Type.String({ maxLength: 10_000, description: 'The `next` of the page before; instead of `page`.' }),
  ),
};

export interface PageAsked {
  readonly page?: number;
  readonly limit?: number;
  readonly after?: string;
}

/** What stands beside the rows of every list. */
export const counts = {
  count: Type.Integer({ minimum: 0, description: 'Rows on this page.' }),
  total: Type.Integer({ minimum: 0, description: 'Rows on all pages.' }),
  page: Type.Union([Type.Integer(), Type.Null()]),
  pages: Type.Union([Type.Integer(), Type.Null()]),
  next: Type.Union([Type.String(), Type.Null()], { description: 'The cursor of the next page; null on the last.' }),
};

interface Listed {
  readonly rows: readonly unknown[];
  readonly total: number;
  readonly next: string | null;
}

export function countsOf({ rows, total, next }: Listed, { page = 1, limit = 50, after }: PageAsked) {
  const numbered = after === undefined;
  return {
    count: rows.length,
    total,
    page: numbered ? page : null,
    pages: numbered ? Math.ceil(total / limit) : null,
    next,
  };
}

/**
 * A page of rows that are already at hand. Its cursor is the key of its last row.
 * @throws REQUEST_INVALID where that row is not in the list any more.
 */
export function pageOf<Row>(
  all: readonly Row[],
  { page = 1, limit = 50, after }: PageAsked,
  keyOf: (row: Row) => string,
) {
  const cursorOf = (row: Row): string => Buffer.from(keyOf(row)).toString('base64url');
  const last = after === undefined ? (page - 1) * limit - 1 : all.findIndex((row) => cursorOf(row) === after);
  if (after !== undefined && last < 0) {
    refuse([
      { field: 'after', message: 'It must be the `next` of a page of this list, whose last row is still there.' },
    ]);
  }
  const rows = all.slice(last + 1, last + 1 + limit);
  const end = rows.at(-1);
  return { rows, total: all.length, next: end && end !== all.at(-1) ? cursorOf(end) : null };
}

/** Where a page of a list begins that is the same for as long as one is asked of the same run; its cursor says of which. */
export function placeIn(run: string, { page = 1, limit = 50, after }: PageAsked): number {
  if (after === undefined) return (page - 1) * limit;
  const [of, place] = Buffer.from(after, 'base64url').toString().split('\n');
  if (of !== run || !/^[1-9][0-9]{0,14}$/.test(place ?? '')) {
    refuse([{ field: 'after', message: `It must be the \`next\` of a page of this list as of run ${run}.` }]);
  }
  return Number(place);
}

/** @param place Behind the last row of the page. */
export const nextIn = (run: string, place: number, total: number): string | null =>
  place < total ? Buffer.from(`${run}\n${place}`).toString('base64url') : null;

/** Parameters by which the rows of a table are filtered and put in order. */
export function filtering(columns: readonly Column[]) {
  const texts = (description: string) =>
    Type.Optional(Type.Array(Type.String({ maxLength: 1000 }), { maxItems: 100, description }));
  return {
    sort: Type.Optional(Type.String({ maxLength: 1000, description: 'Columns, `-` before one for descending.' })),
    ...Object.fromEntries(columns.map(({ name, description }) => [name, texts(description)])),
    ...Object.fromEntries(columns.map(({ name }) => [`${name}!`, texts(`${name} is none of these.`)])),
  };
}

/**
 * @param key The columns that identify a row.
 * @throws REQUEST_INVALID naming everything that is wrong.
 */
export function pageRequest(
  query: Readonly<Record<string, unknown>>,
  columns: readonly Column[],
  key: readonly string[],
): PageRequest {
  const faults: Fault[] = [];
  const { page = 1, limit = 50, after, sort = '' } = query as PageAsked & { sort?: string };
  const filters = columns.flatMap((column) =>
    [false, true].flatMap((not) => {
      const texts = query[not ? `${column.name}!` : column.name] as readonly string[] | undefined;
      return texts && texts.length > 0 ? [readFilter(column, not, texts, faults)] : [];
    }),
  );
  const order = readOrder(sort, columns, key, faults);
  const place = after === undefined ? (page - 1) * limit : readCursor(order, after);
  if (place === undefined && faults.length === 0) {
    faults.push({ field: 'after', message: 'It must be the `next` of a page of the same list and order.' });
  }
  refuse(faults);
  return { filters, order, limit, from: place ?? 0 };
}

function refuse(faults: readonly Fault[]): void {
  if (faults.length === 0) return;
  const said = faults.map(({ field, message }) => `${field}: ${message}`).join('\n');
  throw new CarelakeError('REQUEST_INVALID', said, { faults });
}
