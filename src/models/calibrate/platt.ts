// Platt's calibration: logistic regression on the margin, with the targets that Platt 1999 (Advances in Large Margin
// Classifiers, 61) gives instead of 0 and 1, (N₁ + 1) / (N₁ + 2) and 1 / (N₀ + 2): what a flat prior makes of N₁ rows with
// the outcome and N₀ without. So the line exists even where the margins part the classes.
import { logisticLine } from '../evaluate/logistic-line.js';
import type { CalibrationMap } from './map.js';

/**
 * A margin that is the same for all rows gets the smoothed share of the outcome. A negative slope, of a model that ranks the
 * wrong way round, is kept as it is found: evaluation will show it.
 */
export function platt(margin: Float64Array, outcome: Uint8Array): CalibrationMap & { kind: 'platt' } {
  const events = outcome.reduce((sum, event) => sum + event, 0);
  const others = outcome.length - events;
  const [high, low] = [(events + 1) / (events + 2), 1 / (others + 2)];
  const target = Float64Array.from(outcome, (event) => (event === 1 ? high : low));
  const line = logisticLine({ x: margin, target });
  if (line) return { kind: 'platt', slope: line.slope, intercept: line.intercept };
  const mean = target.reduce((sum, value) => sum + value, 0) / target.length;
  return { kind: 'platt', slope: 0, intercept: Math.log(mean / (1 - mean)) };
}
