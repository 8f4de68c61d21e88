// Contributions to a probability as contributions to log-odds.
import { clipped, logOdds } from '../evaluate/log-odds.js';

/**
 * The factor that turns contributions which sum from the probability `base` to `probability` into contributions which sum
 * from the log-odds of the one to those of the other: Δlogit / Δp, and where both are equal its limit, 1 / (p (1 − p)).
 */
export function logOddsPerProbability(probability: number, base: number): number {
  const apart = probability - base;
  const from = clipped(base);
  if (Math.abs(apart) < 1e-9) return 1 / (from * (1 - from));
  return (logOdds(probability) - logOdds(base)) / apart;
}
