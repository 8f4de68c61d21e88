// A streaming result as batches of plain values, chunk by chunk.
import type { DuckDBConnection, DuckDBResult } from '@duckdb/node-api';
import type { ColumnBatch } from '../engine.js';
import { batchOf, columnsOf } from './rows.js';
import { running, type Watch } from './running.js';

/** Hands out at most `limit` rows. Whoever reads an empty result still learns its columns. */
export async function* streamed(
  connection: DuckDBConnection,
  result: DuckDBResult,
  watch: Watch,
  limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<ColumnBatch> {
  const columns = columnsOf(result);
  const types = result.columnTypes();
  let left = limit;
  let told = false;
  while (left > 0) {
    const chunk = await running(connection, watch, () => result.fetchChunk());
    if (!chunk || chunk.rowCount === 0) break;
    const batch = batchOf(columns, types, chunk);
    yield batch.rows <= left
      ? batch
      : { columns, rows: left, values: batch.values.map((column) => column.slice(0, left)) };
    left -= batch.rows;
    told = true;
  }
  if (!told) yield { columns, rows: 0, values: columns.map(() => []) };
}
