// A model beside its baselines: the same figures of each from the same draws of patients.
import { percentileInterval, type Resampling, resampled } from './bootstrap.js';
import type { Estimate } from './estimate.js';

/** The figures of one prediction when each patient counts the given number of times; NaN for one that does not exist. */
export type WeightedFigures = (times: Uint8Array) => readonly number[];

interface Compared<Name extends string> {
  readonly figures: Record<Name, Estimate | null>;
  /** Of the first prediction − this one, paired. */
  readonly difference: Record<Name, Estimate | null>;
}

/**
 * @param names Of the figures, in the order in which each prediction returns them.
 * @param predictions The model first.
 */
export function compared<Name extends string>(
  names: readonly Name[],
  predictions: readonly WeightedFigures[],
  resampling: Resampling,
): Compared<Name>[] {
  const all = (times: Uint8Array) => predictions.flatMap((figures) => figures(times));
  const values = all(new Uint8Array(resampling.patients).fill(1));
  const draws = resampled(resampling, all);
  const none = new Float64Array(0);
  return predictions.map((_, number) => {
    const pick = (figure: (column: number, own: number) => Estimate | null) =>
      Object.fromEntries(names.map((name, own) => [name, figure(number * names.length + own, own)])) as Record<
        Name,
        Estimate | null
      >;
    return {
      figures: pick((column) => interval(values[column] as number, draws[column] ?? none)),
      difference: pick((column, own) =>
        interval(
          (values[own] as number) - (values[column] as number),
          (draws[own] ?? none).map((value, draw) => value - (draws[column]?.[draw] as number)),
        ),
      ),
    };
  });
}

const interval = (value: number, draws: Float64Array): Estimate | null =>
  Number.isFinite(value) ? percentileInterval(value, draws) : null;
