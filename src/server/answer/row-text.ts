// The rows of a list as text, one a line, for whoever likes that better: NDJSON, or CSV that a spreadsheet opens without
// running anything.
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from 'fastify';
import { Type } from 'typebox';
import { csvLine } from '../../analytics/export/csv.js';
import { unarmed } from '../../analytics/export/formula.js';
import { jsonOf } from '../json.js';
import { mediaTypeOf, mediaTypes } from './media.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The member of the body that is the list of rows; they are then answered in every form. */
    rows?: string;
  }
}

type Row = Readonly<Record<string, unknown>>;

/** The schema of an answer in JSON. */
interface Body {
  readonly examples?: readonly Row[];
  readonly properties?: Readonly<Record<string, { readonly items?: { readonly properties?: object } }>>;
}

/** Of an answer: the body in JSON, and its rows in the other forms. @param name Of the list in the body. */
export function inEveryForm(body: Body, name: string) {
  const rows = (body.examples?.[0]?.[name] ?? []) as Row[];
  const schemas: Readonly<Record<(typeof mediaTypes)[number], object>> = {
    'application/json': body,
    'application/x-ndjson': Type.String({ examples: [linesOf(rows)] }),
    'text/csv': Type.String({ examples: [csvOf(rows, columnsIn(body, name))] }),
  };
  return {
    description:
      'The rows of the page; in other forms than JSON these alone, with the counts in `x-total-count` and `link`.',
    content: Object.fromEntries(mediaTypes.map((type) => [type, { schema: schemas[type] }])),
  };
}

/** To be called before the routes. */
export function answersRowsAsText(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    const name = route.config?.rows;
    if (name === undefined) return;
    route.preSerialization = async (request, reply, body) => inFormLiked(request, reply, body, name);
  });
}

function inFormLiked(request: FastifyRequest, reply: FastifyReply, body: unknown, name: string): unknown {
  if (reply.statusCode !== 200) return body;
  // Beside what is said of the origin, where other pages may ask.
  reply.header('vary', [reply.getHeader('vary') ?? [], 'Accept'].flat().join(', '));
  const form = mediaTypeOf(request.headers.accept);
  if (form === 'application/json') return body;
  const { [name]: rows, total, next } = body as Row;
  said(request, reply, total, next);
  // Already text: not to be written as JSON.
  reply.type(`${form}; charset=utf-8`).serializer((text: string) => text);
  return form === 'text/csv' ? csvOf(rows as Row[], columnsOf(request, name)) : linesOf(rows as Row[]);
}

function said({ url }: FastifyRequest, reply: FastifyReply, total: unknown, next: unknown): void {
  if (typeof total === 'number') reply.header('x-total-count', total);
  if (typeof next !== 'string') return;
  const address = new URL(url, 'http://localhost');
  address.searchParams.delete('page');
  address.searchParams.set('after', next);
  reply.header('link', `<${address.pathname}${address.search}>; rel="next"`);
}

const linesOf = (rows: readonly Row[]): string => rows.map((row) => `${jsonOf(row)}\n`).join('');

const csvOf = (rows: readonly Row[], names: readonly string[]): string =>
  csvLine(names) + rows.map((row) => csvLine(names.map((name) => unarmed(cellOf(row[name]))))).join('');

/** What has parts of its own stands in its cell as JSON; a list of texts is joined. */
function cellOf(value: unknown): unknown {
  const isTexts = Array.isArray(value) && value.every((one) => typeof one !== 'object');
  return typeof value === 'object' && value !== null && !isTexts ? jsonOf(value) : value;
}

/** In the order of the schema, which names them though there is no row. */
function columnsOf({ routeOptions: { schema = {} } }: FastifyRequest, name: string): string[] {
  return columnsIn(((schema as FastifySchema).response as { 200: Body })[200], name);
}

const columnsIn = ({ properties = {} }: Body, name: string): string[] =>
  Object.keys(properties[name]?.items?.properties ?? {});
