// Brings in the rows of the published run in a thread of its own: millions of rows take the processor for minutes, and the
// server goes on answering.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Config } from '../../config.js';
import type { BringIn } from './keeper.js';

/** It shares the memory of this machine with the engine that answers. */
const shareOfMemory = 4;

/** The thread ends with its work. What it could not do is an Error that says why. */
export const bringsInThread =
  (config: Config): BringIn =>
  async (signal) => {
    signal.throwIfAborted();
    const own: Config = { ...config, memory: Math.floor(config.memory / shareOfMemory), threads: 1 };
    const worker = new Worker(new URL('./thread.js', import.meta.url), { workerData: own });
    // A statement of the engine that is under way must end by itself, so the thread is asked, not killed.
    const stop = (): void => worker.postMessage('stop');
    signal.addEventListener('abort', stop, { once: true });
    try {
      await once(worker, 'exit');
    } finally {
      signal.removeEventListener('abort', stop);
    }
  };
