// Writes the rows of a statement as Parquet: as one file, as buckets row by row, or one bucket after the other, so that no
// more than a bucket of the inputs is held at a time.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { type Bucket, bucketColumn, bucketFolder, type Cut, withBucket } from '../bucket.js';
import { duckdbDialect } from '../dialects/duckdb.js';
import type { Materialization } from '../engine.js';
import { duckdbLiteral, parquet } from './files.js';
import { running } from './running.js';
import type { Session } from './session.js';
import { requirePortable } from './types.js';
import { createViews } from './views.js';

const firstPart = 'part-0.parquet';

export async function materialize(session: Session, job: Materialization): Promise<{ rows: number }> {
  const { cut } = job;
  if (!cut) return { rows: await copied(session, job, (connection) => copy(connection, job, job.output)) };
  if (cut.alike.length === 0)
    return { rows: await copied(session, job, (connection) => scatter(connection, job, cut)) };
  let rows = 0;
  for (let number = 0; number < cut.count; number++) {
    const bucket = { number, of: cut.count };
    const onProgress = (fraction: number) => job.onProgress?.((number + fraction) / cut.count);
    const folder = join(job.output, bucketFolder(bucket));
    await mkdir(folder);
    rows += await copied(session, { ...job, onProgress }, (connection) => copy(connection, job, folder), bucket);
    onProgress(1);
  }
  return { rows };
}

/** What `work` wrote on a connection that has the inputs of the job, or a bucket of them, as views. */
function copied(
  session: Session,
  job: Materialization,
  work: (connection: DuckDBConnection) => Promise<number>,
  bucket?: Bucket,
): Promise<number> {
  return session.connected((connection) =>
    running(connection, job, async () => {
      await createViews(connection, job, job.cut && bucket && { ...job.cut, bucket });
      await requirePortableColumns(connection, job);
      return work(connection);
    }),
  );
}

async function copy(connection: DuckDBConnection, { sql }: Materialization, folder: string): Promise<number> {
  const target = duckdbLiteral(join(folder, firstPart));
  return (await connection.run(`copy (${sql}\n) to ${target} (${parquet})`)).rowsChanged;
}

async function scatter(connection: DuckDBConnection, job: Materialization, cut: Cut): Promise<number> {
  const by = `partition_by (${bucketColumn}), filename_pattern 'part-{i}', overwrite_or_ignore`;
  const sql = withBucket(job.sql, duckdbDialect, cut);
  const { rowsChanged } = await connection.run(`copy (${sql}) to ${duckdbLiteral(job.output)} (${parquet}, ${by})`);
  // Of no rows it writes no file, and the columns are to be known all the same.
  return rowsChanged > 0 ? rowsChanged : copy(connection, job, job.output);
}

async function requirePortableColumns(connection: DuckDBConnection, { name, sql }: Materialization): Promise<void> {
  const prepared = await connection.prepare(sql);
  const indexes = Array.from({ length: prepared.columnCount }, (_, index) => index);
  requirePortable(
    name,
    indexes.map((index) => prepared.columnName(index)),
    indexes.map((index) => prepared.columnType(index)),
  );
  prepared.destroySync();
}
