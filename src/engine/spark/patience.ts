// Waiting while the way to the server is cut: pauses that grow, up to a limit.
import { setTimeout as pause } from 'node:timers/promises';
import { SparkFault } from './fault.js';

const firstPauseMs = 100;
const longestPauseMs = 2_000;

export interface Patience {
  /** Waits a moment; throws the fault where it is no cut of the way, the signal is aborted or the limit is reached. */
  outwait(fault: unknown, signal?: AbortSignal): Promise<void>;
  /** The way is open again. */
  reset(): void;
}

/** Patience for cuts of up to `limitMs` each. */
export function patienceOf(limitMs: number): Patience {
  let since: number | undefined;
  let next = firstPauseMs;
  return {
    async outwait(fault, signal) {
      since ??= performance.now();
      const waited = performance.now() - since;
      if (!isCut(fault) || signal?.aborted || waited >= limitMs) throw fault;
      // Many clients of a server that comes back are not to call at the same moment.
      await pause(Math.min(next * (0.5 + Math.random() / 2), limitMs - waited));
      next = Math.min(2 * next, longestPauseMs);
    },
    reset() {
      since = undefined;
      next = firstPauseMs;
    },
  };
}

/** Does the work again for as long as the way is cut. The work must do no harm when done twice. */
export async function patiently<Result>(limitMs: number, work: () => Promise<Result>): Promise<Result> {
  const patience = patienceOf(limitMs);
  for (;;) {
    try {
      return await work();
    } catch (fault) {
      await patience.outwait(fault);
    }
  }
}

/** Whether the way was cut, rather than that Spark answered. */
function isCut(fault: unknown): boolean {
  if (!(fault instanceof SparkFault)) return false;
  if (fault.errorClass !== undefined) return fault.errorClass === 'INVALID_CURSOR.DISCONNECTED';
  return fault.grpc === 'UNAVAILABLE' || fault.signs.includes('cut');
}
