// What one prediction of a yes or no is worth: discrimination, calibration and loss of the same rows.
import { type Static, Type } from 'typebox';
import { auroc, type Rated } from './auroc.js';
import { percentileInterval } from './bootstrap.js';
import { calibrationLine } from './calibration-line.js';
import { type Estimate, estimateOrNull } from './estimate.js';
import { numbered } from './patients.js';
import { comparedFigures, weightedFigures } from './weighted-figures.js';

export const binaryFigures = Type.Object({
  auroc: estimateOrNull,
  average_precision: estimateOrNull,
  brier: estimateOrNull,
  scaled_brier: estimateOrNull,
  log_loss: estimateOrNull,
  slope: estimateOrNull,
  intercept: estimateOrNull,
});
export type BinaryFigures = Static<typeof binaryFigures>;

const figure = (value: number): Estimate | null => (Number.isFinite(value) ? { value, low: null, high: null } : null);

/** Intervals of AUROC (DeLong, by patient), slope and intercept (robust, by patient); none of the others. */
export function figuresOf(rated: Rated): BinaryFigures {
  const { patients } = numbered(rated.patient);
  const times = new Float64Array(patients).fill(1);
  const values = weightedFigures({ ...rated, patient: numbered(rated.patient).patient }, patients)(times);
  const [, averagePrecision, brier, scaled, logLoss] = values.map(figure);
  return {
    auroc: auroc(rated),
    average_precision: averagePrecision ?? null,
    brier: brier ?? null,
    scaled_brier: scaled ?? null,
    log_loss: logLoss ?? null,
    ...calibrationLine(rated),
  };
}

/** With the percentile interval of those that have no other, from their values in each draw. */
export function withDraws(figures: BinaryFigures, draws: readonly Float64Array[]): BinaryFigures {
  const intervals = comparedFigures.flatMap((name, number) => {
    const [known, drawn] = [figures[name], draws[number]];
    return name !== 'auroc' && known && drawn ? [[name, percentileInterval(known.value, drawn)]] : [];
  });
  return { ...figures, ...Object.fromEntries(intervals) };
}
