// The engine that runs in this process: DuckDB.
import { join } from 'node:path';
import { type DuckDBConnection, version } from '@duckdb/node-api';
import { CarelakeError } from '../../errors.js';
import { duckdbDialect } from '../dialects/duckdb.js';
import type { ColumnBatch, Engine, Inputs, Job, Materialization } from '../engine.js';
import type { Lander } from '../lander.js';
import { identifier } from '../sql-text.js';
import { duckdbLiteral, parquetScan } from './files.js';
import { land } from './lander.js';
import { running } from './running.js';
import { type DuckdbOptions, openSession, type Session } from './session.js';
import { streamed } from './stream.js';
import { requirePortable } from './types.js';

/**
 * Opens a DuckDB that spills into a folder of its own below `temporary`. Statements may run side by side; whoever opens
 * the engine closes it.
 */
export async function openDuckdb(options: DuckdbOptions): Promise<Engine & Lander> {
  const session = await openSession(options);
  return {
    name: 'duckdb',
    version: version(),
    dialect: duckdbDialect,
    capabilities: { reads: ['local'], progress: true },
    materialize: (job) => session.connected((connection) => materialize(connection, job)),
    query: (job) => query(session, job),
    explain: (job) => session.connected((connection) => explain(connection, job)),
    threads: options.threads,
    land: (landing) => land(session, options, landing),
    close: () => session.close(),
  };
}

async function materialize(connection: DuckDBConnection, job: Materialization): Promise<{ rows: number }> {
  return running(connection, job, async () => {
    await createViews(connection, job);
    const prepared = await connection.prepare(job.sql);
    const indexes = Array.from({ length: prepared.columnCount }, (_, index) => index);
    const names = indexes.map((index) => prepared.columnName(index));
    requirePortable(
      job.name,
      names,
      indexes.map((index) => prepared.columnType(index)),
    );
    prepared.destroySync();
    const target = duckdbLiteral(join(job.output, 'part-0.parquet'));
    const result = await connection.run(`copy (${job.sql}\n) to ${target} (format parquet, compression zstd)`);
    return { rows: result.rowsChanged };
  });
}

async function* query(session: Session, job: Job): AsyncGenerator<ColumnBatch> {
  const connection = await session.connect();
  try {
    const result = await running(connection, job, async () => {
      await createViews(connection, job);
      return connection.stream(job.sql, { ...job.parameters });
    });
    yield* streamed(connection, result, job);
  } finally {
    connection.disconnectSync();
  }
}

async function explain(connection: DuckDBConnection, job: Job): Promise<string> {
  return running(connection, job, async () => {
    await createViews(connection, job);
    const rows = await (await connection.run(`explain ${job.sql}`)).getRows();
    return rows.map(([, plan]) => String(plan)).join('\n');
  });
}

async function createViews(
  connection: DuckDBConnection,
  { name, inputs }: { name: string; inputs: Inputs },
): Promise<void> {
  for (const [table, paths] of Object.entries(inputs)) {
    if (paths.length === 0)
      throw new CarelakeError('ENGINE_NO_INPUT', `Step ${name}: the input ${table} has no files.`);
    await connection.run(`create temp view ${identifier(table)} as select * from ${parquetScan(paths)}`);
  }
}
