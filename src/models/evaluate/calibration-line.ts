// Whether predicted risks are as high, and as far apart, as what happened: Cox 1958 (Biometrika 45:562); Steyerberg 2019,
// Clinical Prediction Models, 15.3. Two figures from two regressions on the log-odds of the prediction:
//   slope      of log-odds = a + slope × prediction. Below 1 the predictions are too extreme; 1 is right.
//   intercept  of log-odds = intercept + 1 × prediction (calibration in the large). Below 0 they are too high; 0 is right.
import type { Rated } from './auroc.js';
import { around, type Estimate } from './estimate.js';
import { logOdds } from './log-odds.js';
import { logisticLine, standardErrors } from './logistic-line.js';

interface CalibrationLine {
  readonly slope: Estimate | null;
  readonly intercept: Estimate | null;
}

/** Each null where it does not exist: one class, one predicted value (no slope), or classes that do not overlap. */
export function calibrationLine({ outcome, probability, patient }: Rated): CalibrationLine {
  const points = { x: probability.map(logOdds), target: outcome };
  const [free, fixed] = [logisticLine(points), logisticLine(points, true)];
  const ofFree = free && standardErrors(points, free, patient);
  const ofFixed = fixed && standardErrors(points, fixed, patient, true);
  return {
    slope: free && ofFree ? around(free.slope, ofFree.slope) : null,
    intercept: fixed && ofFixed ? around(fixed.intercept, ofFixed.intercept) : null,
  };
}
