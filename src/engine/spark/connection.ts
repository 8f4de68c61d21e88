// The gRPC channel to a Spark Connect server: sends what the address says with every call, and turns what fails into faults.
import { Client, type ClientReadableStream, credentials, Metadata, type ServiceError } from '@grpc/grpc-js';
import type { SparkAddress } from './address.js';
import { faultOf } from './fault.js';
import { type Calls, callNamed, type Envelope, type PlainCall, type StreamCall } from './protocol.js';

export interface Connection {
  /** @throws SparkFault */
  call<Name extends PlainCall>(name: Name, request: Calls[Name][0] & Envelope): Promise<Calls[Name][1]>;
  /** Errors of the stream are gRPC's own. */
  stream<Name extends StreamCall>(name: Name, request: Calls[Name][0] & Envelope): ClientReadableStream<Calls[Name][1]>;
  close(): void;
}

/** Spark sends batches of about 4 MB, and rows that are longer whole. */
const longestMessage = 128 * 2 ** 20;

/** Servers allow a sign of life every five minutes; a machine that went away is noticed by it. */
const keepAliveMs = 6 * 60_000;

/** How long a call that does no work of its own may take, in ms. Planning lists the files of a statement's inputs. */
const deadlineMs = 10 * 60_000;

/** And one that ends something, in ms: whoever gives up waits no longer for a server that does not answer. */
const endingMs = 10_000;
const endings: ReadonlySet<PlainCall> = new Set(['Interrupt', 'ReleaseExecute', 'ReleaseSession'] as const);

/** Opens the channel; nothing is sent before the first call. */
export function connectTo(address: SparkAddress): Connection {
  const client = new Client(
    `${address.host}:${address.port}`,
    address.tls ? credentials.createSsl() : credentials.createInsecure(),
    {
      'grpc.max_receive_message_length': longestMessage,
      'grpc.max_send_message_length': longestMessage,
      'grpc.keepalive_time_ms': keepAliveMs,
      // One that was opened before may be waiting after a failure, which a new one is not to share.
      'grpc.use_local_subchannel_pool': 1,
      // A server that is started again is to be reached within seconds.
      'grpc.initial_reconnect_backoff_ms': 200,
      'grpc.max_reconnect_backoff_ms': 1_000,
    },
  );
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(address.headers)) metadata.set(name, value);
  if (address.token !== undefined) metadata.set('authorization', `Bearer ${address.token}`);
  return {
    call: (name, request) =>
      new Promise((resolve, reject) => {
        const { path, requestSerialize, responseDeserialize } = callNamed(name);
        const options = { deadline: Date.now() + (endings.has(name) ? endingMs : deadlineMs) };
        client.makeUnaryRequest(
          path,
          requestSerialize,
          responseDeserialize,
          request,
          metadata,
          options,
          (error: ServiceError | null, response) => {
            if (error) reject(faultOf(error));
            else if (response) resolve(response);
          },
        );
      }),
    stream(name, request) {
      const { path, requestSerialize, responseDeserialize } = callNamed(name);
      return client.makeServerStreamRequest(path, requestSerialize, responseDeserialize, request, metadata);
    },
    close: () => client.close(),
  };
}
