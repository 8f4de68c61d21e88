// Points of one item of a score; NaN where the item is not known, so that a sum with it is not known either.
import type { PointBand } from '../../catalog/codes/lace-points.js';

/** @param value Not below the first band. */
export const pointsInBand = (bands: readonly PointBand[], value: number): number =>
  Number.isNaN(value) ? Number.NaN : (bands.findLast(({ from }) => value >= from)?.points ?? Number.NaN);

/** @param given 1 where the item holds, 0 where not. */
export const pointsIf = (given: number, points: number): number => given * points;

/** Points of a measurement that is below its bound. */
export const pointsBelow = (value: number, { below, points }: { readonly below: number; readonly points: number }) =>
  Number.isNaN(value) ? Number.NaN : value < below ? points : 0;
