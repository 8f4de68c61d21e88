// The inputs of a statement as views over their files.
import type { DuckDBConnection } from '@duckdb/node-api';
import { CarelakeError } from '../../errors.js';
import { type Bucket, bucketNumber, type Cut, filesOfBucket } from '../bucket.js';
import { duckdbDialect } from '../dialects/duckdb.js';
import type { Inputs } from '../engine.js';
import { identifier } from '../sql-text.js';
import { parquetScan } from './files.js';

interface BucketOf extends Cut {
  readonly bucket: Bucket;
}

/** @param cut Where it is given, the inputs that are cut alike have the rows of its bucket only. @throws ENGINE_NO_INPUT */
export async function createViews(
  connection: DuckDBConnection,
  { name, inputs }: { readonly name: string; readonly inputs: Inputs },
  cut?: BucketOf,
): Promise<void> {
  for (const [table, paths] of Object.entries(inputs)) {
    if (paths.length === 0)
      throw new CarelakeError('ENGINE_NO_INPUT', `Step ${name}: the input ${table} has no files.`);
    const rows = cut?.alike.includes(table) ? rowsOfBucket(paths, cut) : `select * from ${parquetScan(paths)}`;
    await connection.run(`create temp view ${identifier(table)} as ${rows}`);
  }
}

function rowsOfBucket(paths: readonly string[], { bucket, stored, ...cut }: BucketOf): string {
  const { whole, mixed } = filesOfBucket(paths, bucket, stored);
  const selects = [
    ...(whole.length > 0 ? [`select * from ${parquetScan(whole)}`] : []),
    ...(mixed.length > 0
      ? [`select * from ${parquetScan(mixed)} where ${bucketNumber(duckdbDialect, cut)} = ${bucket.number}`]
      : []),
  ];
  // The columns are those of any file.
  return selects.join(' union all ') || `select * from ${parquetScan(paths.slice(0, 1))} where false`;
}
