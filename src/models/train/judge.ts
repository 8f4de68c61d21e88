// What a candidate is worth by its log-odds of rows that it has not seen: calibrated, beside its baselines.
import { chooseCalibration, chooseClassCalibration } from '../calibrate/choose.js';
import { type BinaryEvaluation, evaluateBinary } from '../evaluate/binary.js';
import type { Baseline } from '../evaluate/prediction.js';
import { type ClassEvaluation, evaluateClasses } from '../evaluate/several-classes.js';
import type { ModelPlan } from '../plan.js';
import type { Cases } from './cases.js';

/** The probabilities of rows, each calibrated by what other folds show. */
export function calibratedRows(plan: ModelPlan, { outcome, fold }: Cases, logOdds: Float64Array) {
  const held = { margin: logOdds, outcome, fold };
  return plan.task === 'binary'
    ? { task: plan.task, ...chooseCalibration(held) }
    : { task: plan.task, ...chooseClassCalibration(held, plan.classes.length) };
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
