// How far a statement is, from the tasks of its stages that Spark says are done.
import type { Progress } from './protocol.js';

/** Tells a fraction that only grows, though Spark adds stages as it goes. */
export function progressOf(tell: ((fraction: number) => void) | undefined): (progress: Progress) => void {
  let told = 0;
  return ({ stages }) => {
    const total = stages.reduce((sum, { numTasks }) => sum + numTasks, 0);
    const done = stages.reduce((sum, { numCompletedTasks }) => sum + numCompletedTasks, 0);
    const fraction = total === 0 ? 0 : Math.min(done / total, 1);
    if (fraction <= told) return;
    told = fraction;
    tell?.(fraction);
  };
}
