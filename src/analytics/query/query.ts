// One read-only question to the published tables.
import type { ColumnBatch } from '../../engine/engine.js';
import type { OpenSandbox } from '../../engine/sandbox.js';
import { CarelakeError } from '../../errors.js';
import type { PublishedTables } from '../published.js';

export interface QueryOptions {
  /** The tables that there are, where `published` holds only some of them. */
  readonly known?: readonly string[];
  /** The most rows to hand out. */
  readonly limit?: number;
  /** Seconds from the start of the statement to its last row. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

/**
 * Those of the tables that a statement may mean: a table is named by its letters, in whatever case, so that one of which
 * the text does not hold the name is not meant.
 */
export function tablesNamedIn(sql: string, names: readonly string[]): string[] {
  const text = sql.toLowerCase();
  return names.filter((name) => text.includes(name.toLowerCase()));
}

/**
 * Runs exactly one SELECT in a sandbox that holds the published tables and can open nothing else.
 * @throws QUERY_NOT_SELECT, QUERY_FORBIDDEN, QUERY_FAILED, QUERY_TIMEOUT, ENGINE_CANCELLED, ENGINE_OUT_OF_MEMORY
 */
export async function* runQuery(
  open: OpenSandbox,
  published: PublishedTables,
  sql: string,
  { known, limit, timeout, signal }: QueryOptions = {},
): AsyncGenerator<ColumnBatch> {
  const sandbox = await open(published, known);
  const stop = new AbortController();
  const pass = (): void => stop.abort(signal?.reason);
  if (signal?.aborted) pass();
  signal?.addEventListener('abort', pass);
  let isLate = false;
  const expire = (): void => {
    isLate = true;
    stop.abort();
  };
  const timer = timeout === undefined ? undefined : setTimeout(expire, timeout * 1000);
  try {
    yield* sandbox.query(sql, { ...(limit !== undefined && { limit }), signal: stop.signal });
  } catch (error) {
    if (!isLate || !(error instanceof CarelakeError) || error.code !== 'ENGINE_CANCELLED') throw error;
    throw new CarelakeError('QUERY_TIMEOUT', `The query was not done after ${timeout} s.`, { cause: error });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', pass);
    await sandbox.close();
  }
}
