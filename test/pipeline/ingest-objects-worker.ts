// A process that lands objects of S3, at work beside others or to be killed: `ingest-objects-worker.ts <Job as JSON>`.
import { openDuckdb } from '../../src/engine/duckdb/engine.js';
import { openObjects } from '../../src/lake/s3/objects.js';
import { openS3Lake, type S3LakeOptions } from '../../src/lake/s3.js';
import { ingest } from '../../src/pipeline/land/ingest.js';

export interface Job {
  readonly lake: S3LakeOptions;
  /** Where objects are read from, which may fail. */
  readonly endpoint: string;
  readonly paths: readonly string[];
  readonly batchBytes: number;
  readonly temporary: string;
}

const { lake: options, endpoint, paths, batchBytes, temporary } = JSON.parse(process.argv[2] ?? '') as Job;
const lake = openS3Lake(options);
const objects = openObjects({ ...options, endpoint });
const lander = await openDuckdb({ memory: 1e9, threads: 2, temporary });
const clock = () => new Date('2031-01-01T12:00:00');
const { batches } = await ingest({ paths }, { lake, lander, clock, batchBytes, objects: async () => objects });
process.stdout.write(JSON.stringify(batches));
await lander.close();
await objects.close();
await lake.close();
