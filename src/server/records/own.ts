// Records of somebody who may see only what they typed themselves: those of others are answered as if they were not there.
import type { FastifyRequest } from 'fastify';
import { CarelakeError } from '../../errors.js';
import type { RecordTable } from '../../records/entry.js';

/** @throws ROW_NOT_FOUND where somebody else created the record, or it came by a file, perhaps after it was deleted here */
export async function requireOwn(request: FastifyRequest, table: RecordTable): Promise<void> {
  const { id: key = '' } = request.params as { readonly id?: string };
  const history = (await (await request.server.parts.knownRecords())?.entries.history(table, key)) ?? [];
  const created = history.findLast(({ kind }) => kind === 'create');
  const isThere = history.at(-1)?.kind !== 'delete';
  if (isThere && created?.audit.by === request.actor.name) return;
  throw new CarelakeError('ROW_NOT_FOUND', `${table} has no row ${key.slice(0, 200)}.`);
}
