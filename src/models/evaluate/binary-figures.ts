// What one prediction of a yes or no is worth: discrimination, loss and calibration on the same rows.
import { type Static, Type } from 'typebox';
import { auroc, type Rated } from './auroc.js';
import type { Resampling } from './bootstrap.js';
import { calibrationLine } from './calibration-line.js';
import { compared } from './comparison.js';
import { estimateOrNull } from './estimate.js';
import { numbered } from './patients.js';
import { comparedFigures, weightedFigures } from './weighted-figures.js';

export const binaryDifference = Type.Object({
  auroc: estimateOrNull,
  average_precision: estimateOrNull,
  brier: estimateOrNull,
  scaled_brier: estimateOrNull,
  log_loss: estimateOrNull,
});

export const binaryFigures = Type.Object({
  ...binaryDifference.properties,
  slope: estimateOrNull,
  intercept: estimateOrNull,
});

type Difference = Static<typeof binaryDifference>;
export type BinaryFigures = Static<typeof binaryFigures>;

/**
 * Of each prediction of the same rows, and how much better or worse the first is. Intervals: of AUROC by DeLong, by patient;
 * of slope and intercept robust, by patient; of all others, and of differences, by the bootstrap by patient.
 */
export function binaryFiguresOf(
  predictions: readonly Rated[],
  resampling: Resampling,
): { figures: BinaryFigures; difference: Difference }[] {
  const inDraw = predictions.map((rated) => weightedFigures(rated, resampling.patients));
  return compared(comparedFigures, inDraw, resampling).map(({ figures, difference }, number) => {
    const rated = predictions[number] as Rated;
    return { figures: { ...figures, auroc: auroc(rated), ...calibrationLine(rated) }, difference };
  });
}

/** Of a part of the rows, without the bootstrap. */
export function binaryFiguresOfPart(rated: Rated): BinaryFigures {
  const { patient, patients } = numbered(rated.patient);
  const [found] = binaryFiguresOf([{ ...rated, patient }], { patients, replicates: 0, seed: 0 });
  return (found as { figures: BinaryFigures }).figures;
}
