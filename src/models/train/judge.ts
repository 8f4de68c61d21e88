// What a candidate is worth by its log-odds of rows that it has not seen: calibrated, beside its baselines.
import { chooseCalibration } from '../calibrate/choose.js';
import { type BinaryEvaluation, evaluateBinary } from '../evaluate/binary.js';
import type { Baseline } from '../evaluate/prediction.js';
import { type ClassEvaluation, evaluateClasses } from '../evaluate/several-classes.js';
import type { ModelPlan } from '../plan.js';
import type { Cases } from './cases.js';
import { softmax } from './log-odds.js';

/** The probabilities of rows, each calibrated by what other folds show; several classes keep those of the model. */
export function calibratedRows(plan: ModelPlan, { outcome, fold }: Cases, logOdds: Float64Array) {
  if (plan.task === 'multiclass') return { probability: softmax(logOdds, plan.classes.length), calibration: null };
  const { probability, map, tried } = chooseCalibration({ margin: logOdds, outcome, fold });
  return { probability, calibration: { map, tried } };
}

export function evaluated(
  { task, classes }: ModelPlan,
  cases: Cases,
  probability: Float64Array,
  baselines: readonly Baseline[],
  resampling: { readonly seed: number; readonly replicates: number },
): BinaryEvaluation | ClassEvaluation {
  const { outcome, patient, fold, groups } = cases;
  const setting = { outcome, probability, patient, fold, baselines, groups, ...resampling };
  return task === 'binary' ? evaluateBinary(setting) : evaluateClasses({ ...setting, classes });
}
