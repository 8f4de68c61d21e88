// The engine on the user's own Apache Spark, through Spark Connect. Spark reads and writes the lake itself: in a folder that
// all its machines share, or in S3.
import { CarelakeError } from '../../errors.js';
import { inParallel } from '../../in-parallel.js';
import { bucketColumn, withBucket } from '../bucket.js';
import { sparkDialect } from '../dialects/spark.js';
import type { ColumnBatch, Engine, Job, Materialization } from '../engine.js';
import { parseAddress, requirePrivate } from './address.js';
import { batchesOf } from './arrow.js';
import { type Connection, connectTo } from './connection.js';
import { engineFailure } from './failure.js';
import { isUrl } from './location.js';
import { tidy } from './output.js';
import { parquetRows } from './parquet-footer.js';
import { progressOf } from './progress.js';
import type { Plan, Relation } from './protocol.js';
import { requireAble } from './requirements.js';
import { type S3Access, s3aOf, s3aOfCluster } from './s3a.js';
import { openSession, type Session, type SessionOptions } from './session.js';
import { parquetWrite, statement, view } from './statement.js';
import { requirePortable } from './types.js';
import { serverVersion } from './version.js';

export interface SparkOptions {
  /** `sc://host:port/;token=…`, as Spark's own clients take it. */
  readonly address: string;
  /** How S3 is reached, asked with each session, since keys may be other ones then; as Spark is set up where not given. */
  readonly s3?: () => Promise<S3Access>;
  /** How long the way to the server may be cut, in ms, before a step is given up; a minute where not given. */
  readonly patienceMs?: number;
}

/**
 * Connects to a Spark Connect server. Statements may run side by side; whoever opens the engine closes it.
 * @throws ENGINE_ADDRESS, ENGINE_UNREACHABLE, ENGINE_REFUSED, ENGINE_VERSION, ENGINE_UNABLE; LAKE_… where S3 tells no keys.
 */
export async function openSpark({ address: text, s3: access, patienceMs = 60_000 }: SparkOptions): Promise<Engine> {
  const address = parseAddress(text);
  if (access) requirePrivate(address, 'the keys of S3 (CARELAKE_SPARK_S3=keys)');
  const connection = connectTo(address);
  const s3 = async () => (access ? s3aOf(await access()) : s3aOfCluster);
  const options: SessionOptions = { address, s3, patienceMs };
  let version: string;
  try {
    version = await serverVersion(connection, address);
    await requireAble(address, () => openSession(connection, options));
  } catch (error) {
    connection.close();
    throw error;
  }
  const inSession = <Item>(job: Job, work: Work<Item>) => running(connection, options, job, work);
  return {
    name: 'spark',
    version,
    dialect: sparkDialect,
    capabilities: { reads: ['local', 's3'], progress: true, atOnce: stepsAtOnce },
    materialize: (job) => only(inSession(job, (session) => materialize(session, job))),
    query: (job) => inSession(job, (session) => rows(session, statement(job.sql, job.parameters), job.signal)),
    explain: (job) => only(inSession(job, (session) => explain(session, job))),
    close: async () => connection.close(),
  };
}

/**
 * Between its jobs a step plans, compiles, lists files and commits, all in one thread of the driver, while the executors wait
 * for work; a step on a small table never fills them.
 */
const stepsAtOnce = 4;

/** Each is an open file. */
const footersAtOnce = 16;

type Work<Item> = (session: Session) => AsyncIterable<Item>;

/** Work in a session that has the job's inputs as views; what fails is a coded error. */
async function* running<Item>(
  connection: Connection,
  options: SessionOptions,
  job: Job,
  work: Work<Item>,
): AsyncGenerator<Item> {
  const { name, inputs, signal } = job;
  let session: Session | undefined;
  try {
    if (signal?.aborted) throw new CarelakeError('ENGINE_CANCELLED', `Step ${name} was cancelled.`);
    const empty = Object.keys(inputs).find((table) => inputs[table]?.length === 0);
    if (empty !== undefined)
      throw new CarelakeError('ENGINE_NO_INPUT', `Step ${name}: the input ${empty} has no files.`);
    session = await openSession(connection, options);
    const { command, locate } = session;
    await Promise.all(Object.entries(inputs).map(([table, paths]) => command(view(table, paths.map(locate)))));
    yield* work(session);
  } catch (error) {
    throw engineFailure(options.address, name, error, signal);
  } finally {
    await session?.release();
  }
}

async function* materialize(session: Session, job: Materialization): AsyncGenerator<{ rows: number }> {
  const { name, sql, output, signal } = job;
  requirePortable(name, await session.schemaOf({ root: statement(sql) }));
  const tell = progressOf(job.onProgress);
  for (const write of writesOf(job, session.locate(output))) {
    for await (const { executionProgress } of session.execute(write, signal)) {
      if (executionProgress) tell(executionProgress);
    }
  }
  yield { rows: isUrl(output) ? await countThere(session, output, signal) : await countHere(await tidy(name, output)) };
}

function writesOf({ sql, cut }: Materialization, path: string): Plan[] {
  if (!cut) return [parquetWrite(statement(sql), path)];
  // A bucket comes to one task, or as many as its size asks for, and each of them writes one file.
  const buckets = withBucket(sql, sparkDialect, cut, `/*+ rebalance(${bucketColumn}) */ `);
  return [
    // Cut, it writes no file of no rows, and the columns are to be known all the same.
    parquetWrite(statement(`select * from (${sql}\n) as made where 1 = 0`), path),
    parquetWrite(statement(buckets), path, [bucketColumn]),
  ];
}

/** From what was written, whose footers tell it: Spark's own counters count again what it does again. */
async function countHere(files: readonly string[]): Promise<number> {
  const rows = await inParallel(files, footersAtOnce, parquetRows);
  return rows.reduce((sum, count) => sum + count, 0);
}

async function countThere(session: Session, output: string, signal?: AbortSignal): Promise<number> {
  await session.command(view('written', [session.locate(output)], { recursiveFileLookup: 'true' }));
  const [batch] = await all(rows(session, statement('select count(*) as n from written'), signal));
  return Number(batch?.values[0]?.[0]);
}

async function* explain(session: Session, job: Job): AsyncGenerator<string> {
  const plan = await all(rows(session, statement(`explain ${job.sql}`, job.parameters), job.signal));
  yield plan.flatMap(({ values }) => values[0] ?? []).join('\n');
}

async function* rows(session: Session, root: Relation, signal?: AbortSignal): AsyncGenerator<ColumnBatch> {
  for await (const { arrowBatch } of session.execute({ root }, signal)) {
    if (arrowBatch) yield* batchesOf(arrowBatch.data);
  }
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

async function only<Item>(items: AsyncIterable<Item>): Promise<Item> {
  const [item] = await all(items);
  return item as Item;
}
