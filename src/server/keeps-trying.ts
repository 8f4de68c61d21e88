// Work that is due once and cannot always be done at once, as while the database is away: tried until it is done.
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { failureText } from './failure-text.js';

/** The first wait, and the longest one, in milliseconds: each is twice the one before. */
const againMs = 500;
const mostAgainMs = 15_000;

export interface Trying {
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Is told of a failure; of the same one again only after another. */
  report(error: unknown): void;
  /** What no waiting mends is thrown; where it is not given, everything is tried again. */
  isPassing?(error: unknown): boolean;
}

/** Undefined where the signal ended it. */
export async function keepsTrying<Result>(
  work: () => Promise<Result>,
  { signal, report, isPassing = () => true }: Trying,
): Promise<Result | undefined> {
  let told: string | undefined;
  for (let ms = againMs; !signal.aborted; ms = Math.min(mostAgainMs, ms * 2)) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error)) throw error;
      if (!signal.aborted && String(error) !== told) report(error);
      told = String(error);
    }
    await pause(ms, undefined, { signal, ref: false }).catch(() => undefined);
  }
  return undefined;
}

/** Begins once the server listens, and ends when it closes. */
export function keepsTryingOnceListening(
  app: FastifyInstance,
  report: (text: string) => void,
  work: () => Promise<void>,
): void {
  const closing = new AbortController();
  app.addHook('onListen', async () => {
    void keepsTrying(work, { signal: closing.signal, report: (error) => report(failureText(error)) });
  });
  app.addHook('preClose', async () => closing.abort());
}
