// A record as it is now: the row of the published run, or what was typed since, which stands over it.
import type { FastifyRequest } from 'fastify';
import { CarelakeError } from '../../errors.js';
import type { Entry, RecordTable } from '../../records/entry.js';
import { answerOf, nothingPublished } from '../answer/answer.js';
import { publishedRow } from '../rows/published-row.js';
import { rowOfValues, type ShownRow } from './row.js';

export interface PresentRecord {
  /** By the columns of the published table; undefined where there is no such record, or it was deleted. */
  readonly row: ShownRow | undefined;
  /** The version that was typed last; 0 of a record that was never typed, such as a row of a file. */
  readonly version: number;
}

/** Of a request that `reads: 'records'`. */
export async function presentRecord(request: FastifyRequest, table: RecordTable, key: string): Promise<PresentRecord> {
  const { typed, ahead } = answerOf(request);
  const waiting = typed.of(table).newest(key);
  if (waiting) return { row: rowOfEntry(table, waiting), version: waiting.version };
  const [newest, published] = await Promise.all([
    ahead.newest({ table, key }) ?? request.server.byKey.newest({ table, key }),
    publishedRow(request, table, key),
  ]);
  // Written since we looked at what was typed.
  if (newest && newest.sequence > typed.after) return { row: rowOfEntry(table, newest), version: newest.version };
  return { row: published, version: newest?.version ?? 0 };
}

/** The same for whoever reads it. @throws ROW_NOT_FOUND, NOT_PUBLISHED where there is neither a run nor anything typed */
export async function requireRecord(
  request: FastifyRequest,
  table: RecordTable,
  key: string,
): Promise<PresentRecord & { readonly row: ShownRow }> {
  const { publication, typed, lake } = answerOf(request);
  if (!publication && typed.count === 0) throw nothingPublished(lake);
  const found = await presentRecord(request, table, key);
  if (!found.row) throw new CarelakeError('ROW_NOT_FOUND', `${table} has no row ${key.slice(0, 200)}.`);
  return { ...found, row: found.row };
}

function rowOfEntry(table: RecordTable, { after, key }: Pick<Entry, 'after' | 'key'>): ShownRow | undefined {
  return after === null ? undefined : rowOfValues(table, key, after);
}
