// Whether what was predicted happened as often as it was expected, and where it was expected more: the figures of one outcome.
import { Type } from 'typebox';
import { smallestCell } from '../../catalog/codes/smallest-cell.js';
import { calibrationLine } from '../evaluate/calibration-line.js';
import { type Estimate, estimateOrNull, z95 } from '../evaluate/estimate.js';

/**
 * From how many of either kind a slope says anything: 100 events and 100 others (Vergouwe et al. 2005, J Clin Epidemiol
 * 58:475; Collins, Ogundimu, Altman 2016, Stat Med 35:214).
 */
export const enoughForSlope = 100;

/** From how many of either kind a ratio is shown: a figure about fewer people could point at one of them. */
export const enoughForRatio = smallestCell.people;

export const classOutcome = Type.Object({
  name: Type.String(),
  observed: Type.Integer({ description: 'How often it happened.' }),
  expected: Type.Number({ description: 'The sum of its predicted probabilities.' }),
  ratio: Type.Unsafe<Estimate | null>({
    ...estimateOrNull,
    description: `Observed / expected; 1 is right. Its interval is of independent cases, on the logarithm (Debray et al. 2017, BMJ 356:i6460). Null below ${enoughForRatio} cases with it or without it.`,
  }),
  slope: Type.Unsafe<Estimate | null>({
    ...estimateOrNull,
    description: `The calibration slope, its interval by patient; 1 is right. Null below ${enoughForSlope} cases with it or without it.`,
  }),
});

/** @param events 1 or 0 of each case. @param patient The number of its patient. */
export function calibrationOf(events: readonly number[], probabilities: readonly number[], patient: readonly number[]) {
  const observed = events.reduce((sum, one) => sum + one, 0);
  const expected = probabilities.reduce((sum, one) => sum + one, 0);
  const fewer = Math.min(observed, events.length - observed);
  const rated = {
    outcome: Uint8Array.from(events),
    probability: Float64Array.from(probabilities),
    patient: Int32Array.from(patient),
  };
  return {
    observed,
    expected,
    ratio: fewer < enoughForRatio ? null : ratioOf(observed, expected, events.length),
    slope: fewer < enoughForSlope ? null : calibrationLine(rated).slope,
  };
}

function ratioOf(observed: number, expected: number, cases: number): Estimate {
  const value = observed / expected;
  const half = z95 * Math.sqrt((1 - observed / cases) / observed);
  return { value, low: value * Math.exp(-half), high: value * Math.exp(half) };
}
