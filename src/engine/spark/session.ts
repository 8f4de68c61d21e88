// A session of Spark: made by naming it, with the settings under which its results equal DuckDB's. Views of one session are
// not seen in another.
import { randomUUID } from 'node:crypto';
import type { SparkAddress } from './address.js';
import type { Connection } from './connection.js';
import { SparkFault } from './fault.js';
import { location } from './location.js';
import { operation } from './operation.js';
import { patiently } from './patience.js';
import type { Answer, DataType, Envelope, ExecuteResponse, Plan } from './protocol.js';
import type { S3a } from './s3a.js';

export interface Session {
  /** A file or folder as Spark names it. */
  locate(path: string): string;
  /** Runs a plan that hands back no rows and may be done twice. */
  command(plan: Plan): Promise<void>;
  /** Runs a plan and hands out what comes of it. */
  execute(plan: Plan, signal?: AbortSignal): AsyncGenerator<ExecuteResponse>;
  /** The settings of these names, as Spark has them now. */
  settings(keys: readonly string[]): Promise<Readonly<Record<string, string | undefined>>>;
  /** The type of the rows of a plan, which is planned and not run. */
  schemaOf(plan: Plan): Promise<DataType | undefined>;
  release(): Promise<void>;
}

export interface SessionOptions {
  readonly address: SparkAddress;
  /** How Spark reaches S3 at the moment. */
  readonly s3: () => Promise<S3a>;
  readonly patienceMs: number;
}

export const equalResults: Readonly<Record<string, string>> = {
  'spark.sql.ansi.enabled': 'true',
  'spark.sql.ansi.doubleQuotedIdentifiers': 'true',
  'spark.sql.session.timeZone': 'UTC',
  'spark.sql.timestampType': 'TIMESTAMP_NTZ',
  'spark.sql.parquet.outputTimestampType': 'TIMESTAMP_MICROS',
  'spark.sql.sources.partitionColumnTypeInference.enabled': 'false',
  // The calendar of ISO 8601 for all dates, which Spark 3.5 asks about before 1582.
  'spark.sql.parquet.datetimeRebaseModeInRead': 'CORRECTED',
  'spark.sql.parquet.datetimeRebaseModeInWrite': 'CORRECTED',
  // With true, Spark 4.1 and later hand a parameter that holds a quote to the statement with a backslash before it.
  'spark.sql.parser.escapedStringLiterals': 'false',
  // Only what was committed appears under the name of a result. The protocol of Databricks leaves files of failed tasks beside
  // the others, and says in a file of its own which count.
  'spark.sql.sources.commitProtocolClass':
    'org.apache.spark.sql.execution.datasources.SQLHadoopMapReduceCommitProtocol',
};

/** Unless the user's settings say otherwise. */
const pace = {
  // A method of more bytecode than that is never compiled by the virtual machine, and interpreted for each row: better to give
  // up the one loop of a whole stage, and let Spark cut its expressions into methods.
  'spark.sql.codegen.hugeMethodLimit': '8000',
  // How large the files of a bucket grow before there are several.
  'spark.sql.adaptive.advisoryPartitionSizeInBytes': '256MB',
  // What a table takes in memory for a byte of zstd-compressed Parquet, at the least: by the bytes of its file alone, a table
  // is broadcast that fits into no driver.
  'spark.sql.sources.fileCompressionFactor': '4.0',
};

/** @throws SparkFault where the server does not answer. */
export async function openSession(
  connection: Connection,
  { address, s3, patienceMs }: SessionOptions,
): Promise<Session> {
  const sessionId = randomUUID();
  let observed: string | undefined;
  const envelope = (): Envelope => ({
    sessionId,
    userContext: { userId: address.user },
    clientType: 'carelake',
    // With it a server that was started again says so, instead of making a session without views and settings.
    ...(observed !== undefined && { clientObservedServerSideSessionId: observed }),
  });
  const note = <A extends Answer>(answer: A): A => {
    if (answer.serverSideSessionId) observed = answer.serverSideSessionId;
    return answer;
  };
  const { scheme, settings } = await s3();
  const pairs = Object.entries({ ...pace, ...settings, ...equalResults }).map(([key, value]) => ({
    key,
    value,
  }));
  await patiently(patienceMs, async () => {
    note(await connection.call('Config', { ...envelope(), operation: { set: { pairs } } }));
  });
  const execute = (plan: Plan, signal?: AbortSignal) => operation(connection, envelope(), plan, { signal, patienceMs });
  return {
    execute,
    locate: (path) => location(path, scheme),
    async command(plan) {
      for await (const _ of execute(plan));
    },
    async settings(keys) {
      const { pairs: found } = await patiently(patienceMs, () =>
        connection.call('Config', { ...envelope(), operation: { get: { keys } } }),
      );
      return Object.fromEntries(found.map(({ key, value }) => [key, value]));
    },
    async schemaOf(plan) {
      const { schema } = await patiently(patienceMs, () =>
        connection.call('AnalyzePlan', { ...envelope(), schema: { plan } }),
      );
      return schema?.schema;
    },
    async release() {
      await connection.call('ReleaseSession', envelope()).catch((fault: unknown) => {
        // Spark 3.5 does not know the call, and a server that is gone holds nothing; either drops what is idle by itself.
        if (!(fault instanceof SparkFault)) throw fault;
      });
    },
  };
}
