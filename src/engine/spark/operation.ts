// One statement while it runs: its stream is taken up again where it was cut, it is interrupted when the signal is aborted,
// and what the server keeps of it is released.
import { randomUUID } from 'node:crypto';
import type { ClientReadableStream, ServiceError } from '@grpc/grpc-js';
import type { Connection } from './connection.js';
import { faultOf, SparkFault } from './fault.js';
import { patienceOf } from './patience.js';
import type { Answer, Envelope, ExecuteResponse, Plan } from './protocol.js';

export interface OperationOptions {
  readonly signal?: AbortSignal | undefined;
  /** How long the way to the server may be cut, in ms, before the statement is given up. */
  readonly patienceMs: number;
}

const interruptEveryMs = 250;

/**
 * While Spark still plans a statement, an interrupt ends it for us, and the tasks that Spark then starts run to their end for
 * nobody. So it is not interrupted before it has told of a task that is done, or had this long (3.5 tells nothing).
 */
const planningMs = 3_000;

/** How long after an abort the server may take to end the statement; then its answer is no longer waited for. */
const abandonAfterMs = 10_000;

/** A stream that was open for so long, in ms, shows that the way was: a statement says nothing while it computes, least of all on 3.5. */
const openMs = 1_000;

type Response = Answer & ExecuteResponse;

/**
 * The responses of a plan, each once and in order. Whoever stops reading ends the statement.
 * @throws SparkFault
 */
export async function* operation(
  connection: Connection,
  envelope: Envelope,
  plan: Plan,
  { signal, patienceMs }: OperationOptions,
): AsyncGenerator<ExecuteResponse> {
  if (signal?.aborted) throw new SparkFault({ grpc: 'CANCELLED' });
  const operationId = randomUUID();
  const started = performance.now();
  let runsTasks = false;
  const patience = patienceOf(patienceMs);
  const reattachOptions = { reattachable: true };
  const begin = (): ClientReadableStream<Response> =>
    connection.stream('ExecutePlan', { ...envelope, operationId, plan, requestOptions: [{ reattachOptions }] });
  let stream = begin();
  const interrupt = () =>
    // Where it cannot be said, the stream ends by itself.
    connection
      .call('Interrupt', { ...envelope, operationId, interruptType: 'INTERRUPT_TYPE_OPERATION_ID' })
      .catch(() => undefined);
  const stopWatching = whenAborted(signal, (elapsedMs) => {
    if (elapsedMs > abandonAfterMs) stream.cancel();
    else if (runsTasks || performance.now() - started > planningMs) void interrupt();
  });
  let lastResponseId: string | undefined;
  let complete = false;
  try {
    while (!complete) {
      let neverCame = false;
      const asked = performance.now();
      try {
        for await (const response of stream as AsyncIterable<Response>) {
          patience.reset();
          lastResponseId = response.responseId;
          if (response.executionProgress?.stages.some((stage) => stage.numCompletedTasks > 0)) runsTasks = true;
          complete = response.responseType === 'resultComplete';
          if (complete) break;
          yield response;
        }
      } catch (error) {
        const fault = faultOf(error as ServiceError);
        // The way was cut before the statement had reached the server: one that had run, it would remember.
        neverCame = lastResponseId === undefined && fault.errorClass === 'INVALID_HANDLE.OPERATION_NOT_FOUND';
        const cameAfterAll = fault.errorClass === 'INVALID_HANDLE.OPERATION_ALREADY_EXISTS';
        if (fault.signs.includes('cut') && performance.now() - asked > openMs) patience.reset();
        if (!neverCame && !cameAfterAll) await patience.outwait(fault, signal);
      }
      if (complete) break;
      const from = lastResponseId === undefined ? {} : { lastResponseId };
      // A server also ends a stream that has been open for some minutes, and expects to be asked for the rest.
      stream = neverCame ? begin() : connection.stream('ReattachExecute', { ...envelope, operationId, ...from });
    }
  } finally {
    stopWatching();
    stream.on('error', () => {}).cancel();
    if (!complete) await interrupt();
    await connection.call('ReleaseExecute', { ...envelope, operationId, releaseAll: {} }).catch(() => undefined);
  }
}

/** Calls `act` at the abort and from then on again and again: an interrupt may be lost. */
function whenAborted(signal: AbortSignal | undefined, act: (elapsedMs: number) => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const begin = () => {
    const aborted = performance.now();
    act(0);
    timer = setInterval(() => act(performance.now() - aborted), interruptEveryMs);
  };
  signal?.addEventListener('abort', begin, { once: true });
  return () => {
    signal?.removeEventListener('abort', begin);
    clearInterval(timer);
  };
}
