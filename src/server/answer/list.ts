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

/** A page of rows that are already at hand; its cursor is where the next one begins. */
export function pageOf<Row>(all: readonly Row[], { page = 1, limit = 50 }: PageAsked) {
  const rows = all.slice((page - 1) * limit, page * limit);
  return { rows, total: all.length, next: null };
}

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
