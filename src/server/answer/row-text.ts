// The rows of a page as text, one a line: NDJSON, or CSV that a spreadsheet opens without running anything.
import type { FastifyReply } from 'fastify';
import { type TSchema, Type } from 'typebox';
import { csvLine } from '../../analytics/export/csv.js';
import { unarmed } from '../../analytics/export/formula.js';
import { jsonOf } from '../json.js';
import { type MediaType, mediaTypes } from './media.js';

type RowForm = Exclude<MediaType, 'application/json'>;

interface Rows {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly names: readonly string[];
  readonly total: number;
  readonly next: string | null;
  /** That was asked for. */
  readonly url: string;
}

/** Of an answer: the body in JSON, and its rows in the other forms. */
export const inEveryForm = (body: TSchema) => ({
  description: 'The rows of the page',
  content: Object.fromEntries(
    mediaTypes.map((type) => [type, { schema: type === 'application/json' ? body : Type.String() }]),
  ),
});

export function sendRows(reply: FastifyReply, form: RowForm, { rows, names, total, next, url }: Rows): FastifyReply {
  reply.header('x-total-count', total);
  if (next !== null) {
    const address = new URL(url, 'http://localhost');
    address.searchParams.delete('page');
    address.searchParams.set('after', next);
    reply.header('link', `<${address.pathname}${address.search}>; rel="next"`);
  }
  const text =
    form === 'text/csv'
      ? csvLine(names) + rows.map((row) => csvLine(names.map((name) => unarmed(row[name])))).join('')
      : rows.map((row) => `${jsonOf(row)}\n`).join('');
  // Already text: not to be written as JSON.
  return reply
    .type(`${form}; charset=utf-8`)
    .serializer((body: string) => body)
    .send(text);
}
