// What a request will look for by its key, asked for beside the look at what was typed: so they are one wait and not two.
import type { FastifyRequest } from 'fastify';
import type { Entry, RecordPlace, RecordTable } from '../../records/entry.js';
import type { RunRow, RunRowPlace } from '../../records/run-rows.js';
import { keyOf } from '../records/row.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The record of this table is looked for that the address or, of a new one, the body names. */
    record?: RecordTable;
  }
}

/** Each undefined where it was not asked for. */
export interface Ahead {
  row(place: RunRowPlace): Promise<RunRow | null | undefined> | undefined;
  newest(place: RecordPlace): Promise<Entry | undefined> | undefined;
}

export const nothingAhead: Ahead = { row: () => undefined, newest: () => undefined };

/** @param run The published one, where there is one. */
export function lookAhead({ routeOptions, params, body, method, server }: FastifyRequest, run?: string): Ahead {
  const { record: table } = routeOptions.config;
  if (table === undefined) return nothingAhead;
  const named =
    (params as { readonly id?: unknown }).id ?? (body as Record<string, unknown> | undefined)?.[keyOf(table)];
  if (typeof named !== 'string' || named === '' || named.includes('\0')) return nothingAhead;
  const is = (place: { table: string; key: string }, other: string) => place.table === other && place.key === named;
  const place = { table, key: named };
  const newest = server.byKey.newest(place);
  const row = run === undefined ? undefined : server.byKey.row(run, place);
  const summary =
    run !== undefined && table === 'patients' && method === 'GET'
      ? server.byKey.row(run, { table: 'patient_summary', key: named })
      : undefined;
  // Should one fail before anybody waits for it, it is still no failure that nobody handles.
  void Promise.allSettled([newest, row, summary]);
  return {
    newest: (asked) => (is(asked, table) ? newest : undefined),
    row: (asked) => (is(asked, table) ? row : is(asked, 'patient_summary') ? summary : undefined),
  };
}
