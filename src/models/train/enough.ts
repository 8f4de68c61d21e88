// Whether there is enough to learn from and to judge by.
import { CarelakeError } from '../../errors.js';

/**
 * At least 100 of each outcome: with fewer, neither discrimination nor calibration can be judged (Vergouwe et al. 2005,
 * J Clin Epidemiol 58:475; Collins et al. 2016, Stat Med 35:214).
 */
const leastOfEachOutcome = 100;

export const hasEnough = (outcome: Uint8Array, classes: number): boolean =>
  countsOf(outcome, classes).every((count) => count >= leastOfEachOutcome);

/** @throws MODEL_TOO_FEW, naming each outcome with its count. */
export function requireEnough(model: string, outcome: Uint8Array, classes: readonly string[]): void {
  if (hasEnough(outcome, classes.length)) return;
  const counts = countsOf(outcome, classes.length);
  const found = classes.map((name, number) => `${counts[number]} of "${name}"`).join(', ');
  throw new CarelakeError(
    'MODEL_TOO_FEW',
    `To learn ${model} there must be at least ${leastOfEachOutcome} cases of each outcome; there are ${found}.`,
  );
}

function countsOf(outcome: Uint8Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const own of outcome) counts[own] = (counts[own] ?? 0) + 1;
  return counts;
}
