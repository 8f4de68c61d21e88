// A gRPC server that is no Spark but understands as much of its protocol as connecting needs, and answers as a test says.
import { join } from 'node:path';
import { type handleUnaryCall, Metadata, Server, ServerCredentials, status } from '@grpc/grpc-js';
import { loadSync, type MessageTypeDefinition } from '@grpc/proto-loader';

type Unary = handleUnaryCall<object, object>;
type Pair = { readonly key: string; readonly value: string };

interface Behaviour {
  readonly version: string;
  /** What becomes of the settings that it is told. */
  readonly take?: (told: Pair) => Pair;
  /** What Spark 4 says beside its text, of the settings or of a statement that it is to plan. */
  readonly refuses?: { readonly what: 'settings' | 'statement'; readonly info: Readonly<Record<string, string>> };
}

const definition = loadSync(join(import.meta.dirname, '../../../src/engine/spark/spark-connect.proto'));

/** A message of the protocol, as bytes. */
const encode = (name: string, message: object): Buffer =>
  (definition[`spark.connect.${name}`] as MessageTypeDefinition<object, object>).serialize(message);

/** The trailer in which Spark 4 describes an error. */
export function errorTrailer(info: Readonly<Record<string, string>>): Metadata {
  const value = encode('ErrorInfo', {
    reason: 'org.apache.spark.SparkException',
    domain: 'org.apache.spark',
    metadata: info,
  });
  const details = [{ typeUrl: 'type.googleapis.com/google.rpc.ErrorInfo', value }];
  const metadata = new Metadata();
  metadata.add('grpc-status-details-bin', encode('Status', { code: 13, message: '', details }));
  return metadata;
}

/** Listens on a port of this machine; `seen` is what came with each call. Whoever starts it closes it. */
export async function pretendToBeSpark({ version, take = (told) => told, refuses }: Behaviour) {
  const settings: Pair[] = [];
  const seen: ReturnType<Metadata['getMap']>[] = [];
  const answer =
    (respond: (request: never) => object, what?: string): Unary =>
    ({ metadata, request }, callback) => {
      seen.push(metadata.getMap());
      if (!refuses || refuses.what !== what) return callback(null, respond(request as never));
      return callback({ code: status.INTERNAL, details: '', metadata: errorTrailer(refuses.info) });
    };
  const planned = answer(() => ({ schema: {} }), 'statement');
  const told = answer(() => ({ sparkVersion: { version } }));
  const server = new Server();
  server.addService(definition['spark.connect.SparkConnectService'] as Parameters<Server['addService']>[0], {
    AnalyzePlan: ((call, callback) =>
      ('sparkVersion' in call.request && call.request.sparkVersion ? told : planned)(call, callback)) as Unary,
    Config: answer(({ operation }: { operation: { set?: { pairs: Pair[] } } }) => {
      settings.push(...(operation.set?.pairs ?? []).map(take));
      return { pairs: settings };
    }, 'settings'),
    ReleaseSession: answer(() => ({})),
  });
  const port = await new Promise<number>((resolve, reject) => {
    const tell = (error: Error | null, bound: number) => (error ? reject(error) : resolve(bound));
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), tell);
  });
  return { port, seen, close: () => server.forceShutdown() };
}
