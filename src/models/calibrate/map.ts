// From a model's log-odds to a probability that means what it says. A map is plain JSON, kept with its model.
import { type Static, Type } from 'typebox';
import { logOdds, probabilityOf } from '../evaluate/log-odds.js';

export const calibrationMap = Type.Union([
  Type.Object({ kind: Type.Literal('none') }, { description: 'The model’s own probability.' }),
  Type.Object(
    { kind: Type.Literal('platt'), slope: Type.Number(), intercept: Type.Number() },
    { description: 'log-odds = intercept + slope × margin.' },
  ),
  Type.Object(
    { kind: Type.Literal('isotonic'), margin: Type.Array(Type.Number()), probability: Type.Array(Type.Number()) },
    { description: 'Linear between the points, which ascend in both; level beyond the first and the last.' },
  ),
]);
export type CalibrationMap = Static<typeof calibrationMap>;

export const classCalibrationMap = Type.Union([
  Type.Object({ kind: Type.Literal('none') }, { description: 'The model’s own probabilities.' }),
  Type.Object(
    { kind: Type.Literal('temperature'), slope: Type.Number() },
    { description: 'The softmax of slope × the model’s log-odds.' },
  ),
]);
/** Of several classes. */
export type ClassCalibrationMap = Static<typeof classCalibrationMap>;

/** A calibrated prediction. */
interface Calibrated {
  /** In [1e-6, 1 − 1e-6]. */
  readonly probability: number;
  readonly logOdds: number;
  /** What calibration adds to the margin: an explanation in log-odds sums to `logOdds` with this as an entry. */
  readonly entry: number;
}

/** @param margin The model's log-odds. */
export function calibrated(map: CalibrationMap, margin: number): Calibrated {
  const found = logOdds(mapped(map, margin));
  return { probability: probabilityOf(found), logOdds: found, entry: found - margin };
}

/** The probabilities of many margins. */
export const calibratedAll = (map: CalibrationMap, margins: Float64Array): Float64Array =>
  margins.map((margin) => calibrated(map, margin).probability);

function mapped(map: CalibrationMap, margin: number): number {
  if (map.kind === 'none') return probabilityOf(margin);
  if (map.kind === 'platt') return probabilityOf(map.intercept + map.slope * margin);
  return between(map.margin, map.probability, margin);
}

function between(x: readonly number[], y: readonly number[], at: number): number {
  let [low, high] = [0, x.length - 1];
  if (!(at > (x[low] as number))) return y[low] as number;
  if (!(at < (x[high] as number))) return y[high] as number;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((x[middle] as number) <= at) low = middle;
    else high = middle;
  }
  const [left, right] = [x[low] as number, x[high] as number];
  const share = (at - left) / (right - left);
  return (y[low] as number) + share * ((y[high] as number) - (y[low] as number));
}
