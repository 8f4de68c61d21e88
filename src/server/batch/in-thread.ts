// Batches in a thread of their own: thousands of explained answers take seconds of the processor, and others ask meanwhile.
import { Worker } from 'node:worker_threads';
import type { Config } from '../../config.js';
import { CarelakeError } from '../../errors.js';
import type { Batch, BatchOrder, Refusal } from './order.js';

/** What the thread is told, and what it tells. */
export interface Call {
  readonly call: number;
  readonly order: BatchOrder;
}
export type Reply =
  | { readonly call: number; readonly text: Uint8Array }
  | { readonly call: number; readonly refusal: Refusal }
  | { readonly call: number; readonly failure: string };

interface Pending {
  readonly resolve: (text: Uint8Array) => void;
  readonly reject: (reason: unknown) => void;
}

/** The thread is started with the first batch; one that died is replaced by the next. Whoever opens it closes it. */
export function openBatchThread(config: Config): Batch & { close(): Promise<void> } {
  let worker: Worker | undefined;
  let calls = 0;
  const pending = new Map<number, Pending>();

  function started(): Worker {
    if (worker) return worker;
    const own = new Worker(new URL('./thread.js', import.meta.url), { workerData: config });
    const died = (reason: unknown): void => {
      if (worker !== own) return;
      worker = undefined;
      for (const { reject } of pending.values()) reject(reason);
      pending.clear();
    };
    own.on('message', (reply: Reply) => {
      const { resolve, reject } = pending.get(reply.call) ?? {};
      pending.delete(reply.call);
      if ('text' in reply) resolve?.(reply.text);
      else if ('failure' in reply) reject?.(new Error(reply.failure));
      else reject?.(new CarelakeError(reply.refusal.code, reply.refusal.message, { faults: reply.refusal.faults }));
    });
    own.on('error', died);
    own.on('exit', () => died(new Error('The thread that answers batches ended.')));
    worker = own;
    return own;
  }

  return {
    answer: (order) =>
      new Promise((resolve, reject) => {
        calls += 1;
        pending.set(calls, { resolve, reject });
        started().postMessage({ call: calls, order } satisfies Call);
      }),
    async close() {
      await worker?.terminate();
    },
  };
}
