// A figure with the interval in which it lies with 95 % confidence.
import { type Static, Type } from 'typebox';

export const numberOrNull = Type.Union([Type.Number(), Type.Null()]);

export const estimate = Type.Object(
  { value: Type.Number(), low: numberOrNull, high: numberOrNull },
  { description: 'low and high bound the 95 % interval, null where there is none.' },
);
export type Estimate = Static<typeof estimate>;

/** A figure that may not exist, as an AUROC where everybody has the outcome. */
export const estimateOrNull = Type.Union([estimate, Type.Null()]);

/** The quantile 0.975 of the normal distribution. */
export const z95 = 1.959963984540054;

/** The symmetric interval of a figure that is normal about its value. */
export const around = (value: number, standardError: number): Estimate => ({
  value,
  low: value - z95 * standardError,
  high: value + z95 * standardError,
});

/** The interval of a figure that cannot lie outside [0, 1]. */
export const aroundShare = (value: number, standardError: number): Estimate => ({
  value,
  low: Math.max(0, value - z95 * standardError),
  high: Math.min(1, value + z95 * standardError),
});

/**
 * Of a share `events / rows` of independent rows: Wilson 1927, J Am Stat Assoc 22:209. Unlike the normal one it stays in
 * [0, 1] and has a width where the share is 0 or 1.
 */
export function wilson(events: number, rows: number): Estimate {
  const share = events / rows;
  const spread = z95 ** 2 / rows;
  const middle = (share + spread / 2) / (1 + spread);
  const half = (z95 / (1 + spread)) * Math.sqrt((share * (1 - share)) / rows + spread / (4 * rows));
  return { value: share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
