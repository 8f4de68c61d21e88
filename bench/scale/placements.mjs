// The four placements of one hospital: who runs the steps, and where the lake is. Spark and S3 are those that `.ci/services` starts.
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateBucketCommand, DeleteObjectsCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { measure } from '../pipeline/measure.mjs';
import { processorSecondsOf } from './spark-process.mjs';

export const placements = ['duckdb-local', 'duckdb-s3', 'spark-local', 'spark-s3', 'pyspark'];

const cli = join(import.meta.dirname, '../../dist/cli/main.js');
const bucket = 'carelake-scale';
const needed = (name) => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: source .ci/services first.`);
  return value;
};

/** @param {string} name of `placements` but the peer @param {string} data the folder of the benchmark */
export function openPlacement(name, data, memory) {
  if (!placements.includes(name)) throw new Error(`--placements knows ${placements.join(', ')}, not ${name}.`);
  const [engine, place] = name.split('-');
  const spark = engine === 'spark' ? needed('CARELAKE_TEST_SPARK') : undefined;
  const s3 = place === 's3' ? s3Access() : undefined;
  const folderOf = (patients) => join(data, `${place}-${patients}`);
  const environmentOf = (patients) => ({
    CARELAKE_THREADS: '2',
    CARELAKE_MEMORY: memory,
    CARELAKE_DATA: folderOf(patients),
    ...(spark && { CARELAKE_ENGINE: spark }),
    ...(s3 && { ...s3.environment, CARELAKE_LAKE: `s3://${bucket}/${patients}` }),
    ...(s3 && spark && { CARELAKE_SPARK_S3: 'keys' }),
  });
  const carelake = (patients, ...args) => measure(process.execPath, [cli, ...args, '--json'], environmentOf(patients));
  return {
    /** Once for a place, whoever runs the steps; undefined where it has been done. */
    async ingest(patients, files) {
      const done = s3 ? await s3.has(`${patients}/workspaces/default/raw/`) : existsSync(folderOf(patients));
      return done ? undefined : carelake(patients, 'ingest', ...files);
    },
    /** `run` from the raw tables on. */
    async run(patients) {
      for (const made of ['steps/', 'runs/', 'current.json']) {
        if (s3) await s3.remove(`${patients}/workspaces/default/${made}`);
        await rm(join(folderOf(patients), 'workspaces/default', made), { recursive: true, force: true });
      }
      // Copies of what another round made.
      await rm(join(folderOf(patients), 'temp/lake'), { recursive: true, force: true });
      const before = spark ? processorSecondsOf(spark) : 0;
      const measured = await carelake(patients, 'run');
      const sparkCpu = spark ? processorSecondsOf(spark) - before : 0;
      return { ...measured, sparkCpu, asOf: JSON.parse(measured.stdout).run.as_of };
    },
  };
}

function s3Access() {
  const environment = {
    AWS_ENDPOINT_URL: needed('CARELAKE_TEST_S3'),
    AWS_ACCESS_KEY_ID: needed('CARELAKE_TEST_S3_KEY'),
    AWS_SECRET_ACCESS_KEY: needed('CARELAKE_TEST_S3_SECRET'),
    AWS_REGION: 'us-east-1',
  };
  const credentials = {
    accessKeyId: environment.AWS_ACCESS_KEY_ID,
    secretAccessKey: environment.AWS_SECRET_ACCESS_KEY,
  };
  const client = new S3Client({
    endpoint: environment.AWS_ENDPOINT_URL,
    region: environment.AWS_REGION,
    forcePathStyle: true,
    credentials,
  });
  const made = client.send(new CreateBucketCommand({ Bucket: bucket })).catch((error) => {
    if (!['BucketAlreadyOwnedByYou', 'BucketAlreadyExists'].includes(error.name)) throw error;
  });
  async function* pages(prefix) {
    await made;
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix }))
      yield Contents.map(({ Key }) => ({ Key }));
  }
  return {
    environment,
    async has(prefix) {
      for await (const keys of pages(prefix)) if (keys.length > 0) return true;
      return false;
    },
    async remove(prefix) {
      for await (const Objects of pages(prefix))
        if (Objects.length > 0) await client.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects } }));
    },
  };
}
