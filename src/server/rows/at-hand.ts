// The rows of a run that are at hand, for a request that reads it. Where they are not, they are sent for.
import type { FastifyRequest } from 'fastify';
import type { RunRow, RunRowPage, RunRowPlace, RunRowTable } from '../../records/run-rows.js';
import { answerOf } from '../answer/answer.js';

/** Null: the run has no such row. Undefined: they are not at hand. */
export async function rowAtHand(
  request: FastifyRequest,
  run: string,
  place: RunRowPlace,
): Promise<RunRow | null | undefined> {
  const { server } = request;
  const row = await (answerOf(request).ahead.row(place) ?? server.byKey.row(run, place));
  if (row === undefined) server.runRows.miss();
  return row;
}

/** Undefined: they are not at hand. */
export async function pageAtHand(
  { server }: FastifyRequest,
  run: string,
  table: RunRowTable,
  page: RunRowPage,
): Promise<RunRow[] | undefined> {
  const rows = await (await server.parts.knownRecords())?.runRows.page(run, table, page);
  if (rows === undefined) server.runRows.miss();
  return rows;
}

/** How many of some keys have a row of `default`. Undefined: they are not at hand. */
export async function countAtHand(
  { server }: FastifyRequest,
  run: string,
  table: RunRowTable,
  keys: readonly string[],
): Promise<number | undefined> {
  const count = await (await server.parts.knownRecords())?.runRows.count(run, table, keys);
  if (count === undefined) server.runRows.miss();
  return count;
}
