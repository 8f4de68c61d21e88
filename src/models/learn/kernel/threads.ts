// The threads that run the kernel, off the caller's. A worker is a few lines that call the kernel's exports by name,
// handed over as text so that it starts the same from source, from dist/ and from a bundle.
import { Worker } from 'node:worker_threads';
import { KERNEL } from './module.js';

const SOURCE = `
const { parentPort, workerData } = require('node:worker_threads');
const { exports: kernel } = new WebAssembly.Instance(workerData.kernel, { env: { memory: workerData.memory } });
parentPort.on('message', ({ call, name, args }) => parentPort.postMessage({ call, result: kernel[name](...args) }));
`;

interface Pending {
  readonly resolve: (result: number) => void;
  readonly reject: (reason: unknown) => void;
}

export class Threads {
  readonly #workers: Worker[];
  readonly #pending = new Map<number, Pending>();
  #calls = 0;

  /** Starts `count` threads on this memory. Close it, whatever happens. */
  constructor(memory: WebAssembly.Memory, count: number) {
    const kernel = new WebAssembly.Module(Buffer.from(KERNEL, 'base64'));
    this.#workers = Array.from({ length: count }, () => {
      const worker = new Worker(SOURCE, { eval: true, workerData: { kernel, memory } });
      worker.on('message', ({ call, result }: { call: number; result: number }) => {
        this.#pending.get(call)?.resolve(result);
        this.#pending.delete(call);
      });
      worker.on('error', (error) => this.#fail(error));
      worker.on('exit', () => this.#fail(new Error('A thread of the learner ended before its work was done.')));
      return worker;
    });
  }

  get count(): number {
    return this.#workers.length;
  }

  /** What one thread answers. */
  call(thread: number, name: string, ...args: number[]): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#calls += 1;
      this.#pending.set(this.#calls, { resolve, reject });
      this.#workers[thread]!.postMessage({ call: this.#calls, name, args });
    });
  }

  /** Every thread does the same, each with its own number last; done when all are. */
  async together(name: string, ...args: number[]): Promise<void> {
    await Promise.all(this.#workers.map((_, thread) => this.call(thread, name, ...args, thread)));
  }

  async close(): Promise<void> {
    this.#pending.clear();
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  /** One that died would leave the others waiting for it. */
  #fail(reason: unknown): void {
    for (const { reject } of this.#pending.values()) reject(reason);
    this.#pending.clear();
  }
}
