// The engine that runs in this process: DuckDB.
import { type DuckDBConnection, version } from '@duckdb/node-api';
import { duckdbDialect } from '../dialects/duckdb.js';
import type { ColumnBatch, Engine, Job } from '../engine.js';
import type { Lander } from '../lander.js';
import { land } from './lander.js';
import { materialize } from './materialize.js';
import { running } from './running.js';
import { type DuckdbOptions, openSession, type Session } from './session.js';
import { streamed } from './stream.js';
import { createViews } from './views.js';

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
    capabilities: { reads: ['local'], progress: true, atOnce: 1 },
    materialize: (job) => materialize(session, job),
    query: (job) => query(session, job),
    explain: (job) => session.connected((connection) => explain(connection, job)),
    threads: options.threads,
    land: (landing) => land(session, options, landing),
    close: () => session.close(),
  };
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
