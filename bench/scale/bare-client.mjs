// A client of Spark Connect that does nothing but send: a session with the same settings, a view for each input, one write.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { credentials, loadPackageDefinition } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

const definition = loadSync(join(import.meta.dirname, '../../dist/engine/spark/spark-connect.proto'), {
  longs: Number,
  enums: String,
  oneofs: true,
});

const settings = {
  'spark.sql.ansi.enabled': 'true',
  'spark.sql.ansi.doubleQuotedIdentifiers': 'true',
  'spark.sql.session.timeZone': 'UTC',
  'spark.sql.timestampType': 'TIMESTAMP_NTZ',
  'spark.sql.parquet.outputTimestampType': 'TIMESTAMP_MICROS',
  'spark.sql.sources.partitionColumnTypeInference.enabled': 'false',
};

export function bareClient(address) {
  const { SparkConnectService } = loadPackageDefinition(definition).spark.connect;
  const client = new SparkConnectService(
    address.slice('sc://'.length).replace(/[/].*$/, ''),
    credentials.createInsecure(),
  );
  const call = (name, request) =>
    new Promise((resolve, reject) =>
      client[name](request, (error, answer) => (error ? reject(error) : resolve(answer))),
    );
  return {
    async materialize({ sql, inputs, output }) {
      const envelope = { sessionId: randomUUID(), userContext: { userId: 'bench' }, clientType: 'bench' };
      const execute = async (command) => {
        const stream = client.ExecutePlan({ ...envelope, operationId: randomUUID(), plan: { command } });
        stream.resume();
        await once(stream, 'end');
      };
      const pairs = Object.entries(settings).map(([key, value]) => ({ key, value }));
      await call('Config', { ...envelope, operation: { set: { pairs } } });
      await Promise.all(
        Object.entries(inputs).map(([name, paths]) => {
          const dataSource = { format: 'parquet', paths: paths.map((path) => `file://${path}`), options: {} };
          return execute({
            createDataframeView: { input: { read: { dataSource } }, name, isGlobal: false, replace: true },
          });
        }),
      );
      const input = { sql: { query: sql, args: {}, namedArguments: {} } };
      const target = { source: 'parquet', path: output, mode: 'SAVE_MODE_APPEND', partitioningColumns: [] };
      await execute({ writeOperation: { input, ...target, options: { compression: 'zstd' } } });
      await call('ReleaseSession', envelope);
    },
    close: () => client.close(),
  };
}
