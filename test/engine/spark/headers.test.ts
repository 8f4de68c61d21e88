// What goes to a server with every call, seen by a gRPC server that is no Spark but understands its protocol.
import { join } from 'node:path';
import { type handleUnaryCall, type Metadata, Server, ServerCredentials } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { expect, test } from 'vitest';
import { openSpark } from '../../../src/engine/spark/engine.js';

type Unary = handleUnaryCall<object, object>;

/** A server that says it is Spark `version`, and what came with each call to it. */
async function listen(version: string) {
  const definition = loadSync(join(import.meta.dirname, '../../../src/engine/spark/spark-connect.proto'));
  const service = definition['spark.connect.SparkConnectService'];
  const seen: ReturnType<Metadata['getMap']>[] = [];
  const answer =
    (response: object): Unary =>
    ({ metadata }, callback) => {
      seen.push(metadata.getMap());
      callback(null, response);
    };
  const server = new Server();
  server.addService(service as Parameters<Server['addService']>[0], {
    AnalyzePlan: answer({ sparkVersion: { version } }),
    ReleaseSession: answer({}),
  });
  const port = await new Promise<number>((resolve, reject) => {
    const tell = (error: Error | null, bound: number) => (error ? reject(error) : resolve(bound));
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), tell);
  });
  return { port, seen, close: () => server.forceShutdown() };
}

test('the token and every header of the address go with each call', async () => {
  const { port, seen, close } = await listen('4.0.1');
  try {
    const engine = await openSpark({ address: `sc://127.0.0.1:${port}/;token=sesame;x-Cluster=7;x-proxy=a%20b` });
    expect(engine).toMatchObject({ name: 'spark', version: '4.0.1' });
    await engine.close();
    expect(seen).toHaveLength(2);
    for (const headers of seen) {
      expect(headers).toMatchObject({ authorization: 'Bearer sesame', 'x-cluster': '7', 'x-proxy': 'a b' });
    }
  } finally {
    close();
  }
});

test.each([
  ['3.4.3', undefined],
  ['2.4.8', undefined],
  ['3.5.0', '3.5.0'],
  ['4.3.0', '4.3.0'],
  ['10.0.0-SNAPSHOT', '10.0.0-SNAPSHOT'],
])('Spark %s is version %s, or refused', async (version, taken) => {
  const { port, close } = await listen(version);
  try {
    const opened = openSpark({ address: `sc://127.0.0.1:${port}` });
    if (taken === undefined) {
      await expect(opened).rejects.toMatchObject({
        code: 'ENGINE_VERSION',
        message: expect.stringContaining(`Spark ${version}`),
      });
    } else {
      const engine = await opened;
      expect(engine.version).toBe(taken);
      await engine.close();
    }
  } finally {
    close();
  }
});
