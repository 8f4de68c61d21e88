// How far predicted probabilities are from what happened, row by row.
import { clipped } from './log-odds.js';

/** The squared distance: Brier 1950, Mon Weather Rev 78:1, of one outcome (its half for two classes told apart). */
export const brierOf = (outcome: number, probability: number): number => (probability - outcome) ** 2;

/** −log of the probability of what happened, in nats, probabilities clipped to [1e-6, 1 − 1e-6]. */
export const logLossOf = (outcome: number, probability: number): number =>
  -Math.log(outcome === 1 ? clipped(probability) : 1 - clipped(probability));

/**
 * 1 − Brier / Brier of a prediction that is the prevalence everywhere: 1 is perfect, 0 no better (Steyerberg et al. 2010,
 * Epidemiology 21:128). NaN where the prevalence is 0 or 1.
 */
export const scaledBrier = (brier: number, prevalence: number): number => {
  const most = prevalence * (1 - prevalence);
  return most > 0 ? 1 - brier / most : NaN;
};
