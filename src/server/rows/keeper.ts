// Keeps the rows of the published run at hand: one at a time, and after a failure not again at once. Until they are there,
// answers come from the files of the run.
import type { FastifyInstance } from 'fastify';
import { failureText } from '../failure-text.js';

/** Brings in the rows of the published run; safe to repeat. */
export type BringIn = (signal: AbortSignal) => Promise<void>;

export interface RunRowKeeper {
  /** A request found that the rows of its run are not at hand. */
  miss(): void;
}

const pauseMs = 60_000;

export function keepsRunRows(
  app: FastifyInstance,
  bringIn: BringIn | null,
  report: (text: string) => void,
): RunRowKeeper {
  const closing = new AbortController();
  let working: Promise<void> | undefined;
  let failed = Number.NEGATIVE_INFINITY;

  async function work(): Promise<void> {
    try {
      await bringIn?.(closing.signal);
    } catch (error) {
      if (closing.signal.aborted) return;
      failed = performance.now();
      report(failureText(error));
    } finally {
      working = undefined;
    }
  }

  function miss(): void {
    if (!bringIn || working || closing.signal.aborted || performance.now() - failed < pauseMs) return;
    working = work();
  }

  // A run that this server made; of those of others the first request that meets one tells.
  app.changes.listen(({ event, data }) => {
    if (event === 'run' && data.state === 'idle') miss();
  });
  app.addHook('preClose', async () => {
    closing.abort();
    await working;
  });
  return { miss };
}
