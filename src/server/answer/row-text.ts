// The rows of a list as text, one a line, for whoever likes that better: NDJSON, or CSV that a spreadsheet opens without
// running anything.
import type { FastifyContextConfig, FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from 'fastify';
import { type Static, Type } from 'typebox';
import { csvLine } from '../../analytics/export/csv.js';
import { unarmed } from '../../analytics/export/formula.js';
import { jsonOf } from '../json.js';
import type { asOfSchema } from './as-of.js';
import { mediaTypeOf, mediaTypes } from './media.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The member of the body that is the list of rows, or how they are found in it; they are answered in every form. */
    rows?: string | ((body: Row) => RowTable);
  }
}

export type Row = Readonly<Record<string, unknown>>;

export interface RowTable {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

type Rows = NonNullable<FastifyContextConfig['rows']>;

/** The schema of an answer in JSON. */
interface Body {
  readonly examples?: readonly Row[];
  readonly properties?: Readonly<Record<string, { readonly items?: { readonly properties?: object } }>>;
}

/** Of an answer: the body in JSON, and its rows in the other forms. */
export function inEveryForm(body: Body, found: Rows) {
  const { columns, rows } = tableIn(body.examples?.[0] ?? {}, found, body);
  const schemas: Readonly<Record<(typeof mediaTypes)[number], object>> = {
    'application/json': body,
    'application/x-ndjson': Type.String({ examples: [linesOf(rows)] }),
    'text/csv': Type.String({ examples: [csvOf(rows, columns)] }),
  };
  return {
    description:
      'The rows of the page; in other forms than JSON these alone, with the counts in `x-total-count` and `link`, and of which run they are in `x-as-of-run` and `x-pending-entries`.',
    content: Object.fromEntries(mediaTypes.map((type) => [type, { schema: schemas[type] }])),
  };
}

/** To be called before the routes. */
export function answersRowsAsText(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    const found = route.config?.rows;
    if (found === undefined) return;
    route.preSerialization = async (request, reply, body) => inFormLiked(request, reply, body as Row, found);
  });
}

function inFormLiked(request: FastifyRequest, reply: FastifyReply, body: Row, found: Rows): unknown {
  if (reply.statusCode !== 200) return body;
  // Beside what is said of the origin, where other pages may ask.
  reply.header('vary', [reply.getHeader('vary') ?? [], 'Accept'].flat().join(', '));
  const form = mediaTypeOf(request.headers.accept);
  if (form === 'application/json') return body;
  said(request, reply, body);
  // Already text: not to be written as JSON.
  reply.type(`${form}; charset=utf-8`).serializer((text: string) => text);
  const { columns, rows } = tableIn(body, found, schemaOf(request));
  return form === 'text/csv' ? csvOf(rows, columns) : linesOf(rows);
}

/** What stands beside the rows in JSON. */
function said({ url }: FastifyRequest, reply: FastifyReply, { as_of, total, next }: Row): void {
  if (typeof as_of === 'object' && as_of !== null) {
    const { run, pending_entries } = as_of as Static<typeof asOfSchema>;
    reply.header('x-as-of-run', run).header('x-pending-entries', pending_entries);
  }
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

/** The columns of a list are in the order of the schema, which names them though there is no row. */
function tableIn(body: Row, found: Rows, { properties = {} }: Body): RowTable {
  if (typeof found !== 'string') return found(body);
  const columns = Object.keys(properties[found]?.items?.properties ?? {});
  return { columns, rows: (body[found] ?? []) as Row[] };
}

const schemaOf = ({ routeOptions: { schema = {} } }: FastifyRequest): Body =>
  ((schema as FastifySchema).response as { 200: Body })[200];
