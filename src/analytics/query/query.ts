// One read-only question to the published tables.
import type { ColumnBatch } from '../../engine/engine.js';
import type { OpenSandbox } from '../../engine/sandbox.js';
import type { PublishedTables } from '../published.js';

export interface QueryOptions {
  /** The most rows to hand out. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

/**
 * Runs exactly one SELECT in a sandbox that holds the published tables and can open nothing else.
 * @throws QUERY_NOT_SELECT, QUERY_FORBIDDEN, QUERY_FAILED, ENGINE_CANCELLED, ENGINE_OUT_OF_MEMORY
 */
export async function* runQuery(
  open: OpenSandbox,
  published: PublishedTables,
  sql: string,
  options: QueryOptions = {},
): AsyncGenerator<ColumnBatch> {
  const sandbox = await open(published);
  try {
    yield* sandbox.query(sql, options);
  } finally {
    await sandbox.close();
  }
}
