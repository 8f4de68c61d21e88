// Predicted against observed, in bins that hold about as many rows each.
import { type Static, Type } from 'typebox';
import { estimate, wilson } from './estimate.js';
import { rankOrder } from './ranked.js';

export const calibrationBin = Type.Object(
  {
    rows: Type.Integer(),
    events: Type.Integer(),
    predicted: Type.Number({ description: 'Mean predicted probability.' }),
    observed: estimate,
  },
  { description: 'One bin; the interval of the observed share is Wilson’s, of independent rows.' },
);
export type CalibrationBin = Static<typeof calibrationBin>;

/** At most `bins` bins, ascending; equal probabilities are never parted, so that there may be fewer. */
export function calibrationCurve(outcome: Uint8Array, probability: Float64Array, bins = 10): CalibrationBin[] {
  const order = rankOrder(probability);
  const curve: CalibrationBin[] = [];
  let [rows, events, sum] = [0, 0, 0];
  let enough = order.length / bins;
  for (const [at, row] of order.entries()) {
    rows++;
    events += outcome[row] as number;
    sum += probability[row] as number;
    const next = order[at + 1];
    const tied = next !== undefined && probability[next] === probability[row];
    if (tied || (rows < enough && next !== undefined)) continue;
    curve.push({ rows, events, predicted: sum / rows, observed: wilson(events, rows) });
    [rows, events, sum] = [0, 0, 0];
    const left = order.length - at - 1;
    enough = left / Math.max(1, Math.round((left * bins) / order.length));
  }
  return curve;
}
