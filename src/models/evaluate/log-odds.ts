// Probabilities and their log-odds. Both ends are clipped, so that no log-odds, and no log loss, is infinite.

/** The least probability that is told apart from 0; 1 − it is the greatest. */
const leastProbability = 1e-6;

/** Into [1e-6, 1 − 1e-6]. */
export const clipped = (probability: number): number =>
  Math.min(1 - leastProbability, Math.max(leastProbability, probability));

/** Of the clipped probability. */
export function logOdds(probability: number): number {
  const inside = clipped(probability);
  return Math.log(inside / (1 - inside));
}

/** The probability of log-odds, not clipped. */
export const probabilityOf = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));
