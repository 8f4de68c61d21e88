// The list of a table: the rows of the published run with what was typed since over them.
import type { FastifyRequest } from 'fastify';
import { overlaid, type TypedRow } from '../../analytics/rows/overlay.js';
import { type Page, type PageRequest, readPage } from '../../analytics/rows/rows.js';
import { publishedTableNamed } from '../../catalog/catalog.js';
import type { RecordTable } from '../../records/entry.js';
import { answerOf, nothingPublished } from '../answer/answer.js';
import { listAtHand } from '../rows/list-at-hand.js';
import type { TypedSince } from './typed-since.js';

/** Of a request that `reads: 'records'`. @throws NOT_PUBLISHED where there is neither a run nor anything typed. */
export async function listRecords(request: FastifyRequest, table: RecordTable, asked: PageRequest): Promise<Page> {
  const { publication, typed, engine, lake } = answerOf(request);
  if (!publication && typed.count === 0) throw nothingPublished(lake);
  const atHand = publication && (await listAtHand(request, table, asked, publication, typed.of(table)));
  if (atHand) return atHand;
  const paths = publication?.tables[table]?.paths ?? [];
  return readPage(engine, overlaid(publishedTableNamed(table), paths, typedRows(typed, table)), asked);
}

/** What was typed of a table, as it stands over the rows of the run. */
export const typedRows = (typed: TypedSince, table: RecordTable): TypedRow[] =>
  [...typed.of(table).all()].map(({ key, after }) => ({ key, deleted: after === null, values: after ?? {} }));
