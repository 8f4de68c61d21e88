// A statement while it runs: it can be cancelled, and says how far it is.
import type { DuckDBConnection } from '@duckdb/node-api';
import { CarelakeError } from '../../errors.js';
import { engineFailure } from './failure.js';

export interface Watch {
  readonly name: string;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

const everyMs = 50;

/** Runs `work` on the connection; interrupts it when the signal is aborted, and turns what it throws into a coded error. */
export async function running<Result>(
  connection: DuckDBConnection,
  { name, signal, onProgress }: Watch,
  work: () => Promise<Result>,
): Promise<Result> {
  if (signal?.aborted) throw new CarelakeError('ENGINE_CANCELLED', `Step ${name} was cancelled.`);
  let told = 0;
  // An interrupt between two statements is lost, so it is repeated for as long as the work goes on.
  const timer = setInterval(() => {
    if (signal?.aborted) connection.interrupt();
    const fraction = connection.progress.percentage / 100;
    if (fraction > told) {
      told = Math.min(fraction, 1);
      onProgress?.(told);
    }
  }, everyMs);
  const interrupt = () => connection.interrupt();
  signal?.addEventListener('abort', interrupt);
  try {
    return await work();
  } catch (error) {
    throw engineFailure(name, error, signal);
  } finally {
    clearInterval(timer);
    signal?.removeEventListener('abort', interrupt);
  }
}
