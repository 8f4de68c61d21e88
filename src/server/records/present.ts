// A record as it is now: the row of the published run, or what was typed since, which stands over it.
import type { FastifyRequest } from 'fastify';
import { publishedTableNamed, tableNamed } from '../../catalog/catalog.js';
import { rowsOf } from '../../engine/engine.js';
import { identifier } from '../../engine/sql-text.js';
import { CarelakeError } from '../../errors.js';
import type { Entry, RecordTable, Value, Values } from '../../records/entry.js';
import { answerOf, nothingPublished } from '../answer/answer.js';

export type ShownRow = Readonly<Record<string, unknown>>;

export interface PresentRecord {
  /** By the columns of the published table; undefined where there is no such record, or it was deleted. */
  readonly row: ShownRow | undefined;
  /** The version that was typed last; 0 of a record that was never typed, such as a row of a file. */
  readonly version: number;
  /** The newest entry, whether a run has read it or not. */
  readonly newest: Entry | undefined;
}

/** Of a request that `reads: 'records'`. */
export async function presentRecord(request: FastifyRequest, table: RecordTable, key: string): Promise<PresentRecord> {
  const { typed } = answerOf(request);
  const waiting = typed.newest(table, key);
  if (waiting) return { row: rowOfEntry(table, waiting), version: waiting.version, newest: waiting };
  const entries = (await request.server.parts.knownRecords())?.entries;
  const [newest, published] = await Promise.all([entries?.newest(table, key), publishedRow(request, table, key)]);
  return { row: published, version: newest?.version ?? 0, newest };
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

export const keyOf = (table: RecordTable): string => tableNamed(table).key[0] ?? '';

/** `patient` of `patients`. */
export const oneOf = (table: RecordTable): string => table.slice(0, -1);

function rowOfEntry(table: RecordTable, { after, key }: Entry): ShownRow | undefined {
  return after === null ? undefined : rowOfValues(table, key, after);
}

/** What only a run derives is null. */
export function rowOfValues(table: RecordTable, key: string, values: Values): ShownRow {
  const own: Values = { ...values, source: 'default', [keyOf(table)]: key };
  return Object.fromEntries(publishedTableNamed(table).columns.map(({ name }) => [name, own[name] ?? null]));
}

/** What a row holds in the fields that people type. */
export function valuesOf(table: RecordTable, row: ShownRow): Values {
  const fields = tableNamed(table).fields.map(({ name }) => [name, row[name] ?? null] as [string, Value]);
  return Object.fromEntries(fields.filter(([, value]) => value !== null));
}

async function publishedRow(request: FastifyRequest, table: RecordTable, key: string): Promise<ShownRow | undefined> {
  const { publication, engine } = answerOf(request);
  if (!publication || key.includes('\0')) return undefined;
  const columns = publishedTableNamed(table).columns.map(({ name }) => identifier(name));
  const [row] = await rowsOf<ShownRow>(engine, {
    name: `record/${table}`,
    sql: `select ${columns.join(', ')} from ${table} where ${identifier(keyOf(table))} = ${engine.dialect.parameter('key')}
order by case when source = 'default' then 0 else 1 end limit 1`,
    inputs: { [table]: publication.tables[table]?.paths ?? [] },
    parameters: { key },
  });
  return row;
}
