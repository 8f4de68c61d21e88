// Turns of those who want to run a statement, or to have a password checked: a few at once, the others in the order in which they came.
import { CarelakeError } from '../../errors.js';

export interface Turns {
  /**
   * Waits for a turn and hands out what gives it back.
   * @throws SERVER_BUSY where too many wait; the reason of the signal where it is aborted first.
   */
  take(signal: AbortSignal): Promise<() => void>;
  /** How many wait. */
  waiting(): number;
}

/** @param atOnce How many have a turn at once. @param waiting How many may wait. */
export function openTurns(atOnce: number, waiting: number): Turns {
  let free = atOnce;
  const queue: (() => void)[] = [];
  const give = (): (() => void) => {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const next = queue.shift();
      if (next) next();
      else free += 1;
    };
  };
  return {
    waiting: () => queue.length,
    async take(signal) {
      signal.throwIfAborted();
      if (free > 0) {
        free -= 1;
        return give();
      }
      if (queue.length >= waiting) {
        throw new CarelakeError('SERVER_BUSY', `${atOnce} have their turn and ${queue.length} wait.`);
      }
      await new Promise<void>((resolve, reject) => {
        const leave = (): void => {
          queue.splice(queue.indexOf(enter), 1);
          reject(signal.reason);
        };
        const enter = (): void => {
          signal.removeEventListener('abort', leave);
          resolve();
        };
        queue.push(enter);
        signal.addEventListener('abort', leave, { once: true });
      });
      return give();
    },
  };
}
