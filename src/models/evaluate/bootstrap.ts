// The bootstrap by patient: patients are drawn with replacement, each with all rows, and the figures are made again from
// every draw. Figures of one draw belong together, so that their differences are paired.
// Percentile intervals: Efron and Tibshirani 1993, An Introduction to the Bootstrap, chapter 13; of clusters: Davison and
// Hinkley 1997, Bootstrap Methods and their Application, 3.8.
import type { Estimate } from './estimate.js';
import { drawing } from './random.js';

export interface Resampling {
  readonly patients: number;
  readonly seed: number;
  /** How many draws; 1,000 unless there is a reason. */
  readonly replicates: number;
}

/**
 * @param figures Given how many times each patient was drawn, returns as many figures each time; NaN where one does not
 *   exist.
 * @returns For each figure its value in every draw.
 */
export function resampled(
  { patients, seed, replicates }: Resampling,
  figures: (times: Uint8Array) => readonly number[],
): Float64Array[] {
  const columns: Float64Array[] = [];
  // Nobody is drawn more than 255 times: of fewer patients not at all, of more with a chance below 10^-500.
  const times = new Uint8Array(patients);
  for (let draw = 0; draw < replicates; draw++) {
    times.fill(0);
    const random = drawing(seed, draw);
    for (let n = 0; n < patients; n++) {
      const who = random(patients);
      times[who] = (times[who] as number) + 1;
    }
    for (const [number, value] of figures(times).entries()) {
      columns[number] ??= new Float64Array(replicates);
      columns[number][draw] = value;
    }
  }
  return columns;
}

/** How many of 100 draws must have a figure for an interval to be given. */
const leastOf100 = 90;

/** The 95 % percentile interval (quantiles by linear interpolation); none where the figure is missing from many draws. */
export function percentileInterval(value: number, draws: Float64Array): Estimate {
  const sorted = draws.filter((draw) => !Number.isNaN(draw)).sort();
  if (sorted.length === 0 || sorted.length * 100 < draws.length * leastOf100) return { value, low: null, high: null };
  return { value, low: quantileOf(sorted, 0.025), high: quantileOf(sorted, 0.975) };
}

/** Of ascending numbers, by linear interpolation (type 7 of Hyndman and Fan 1996, Am Stat 50:361). */
export function quantileOf(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const [low, high] = [sorted[below] as number, sorted[Math.min(below + 1, sorted.length - 1)] as number];
  return low + (at - below) * (high - low);
}
