// Learns one model from the table of its cases: searches, calibrates on rows held out, compares with baselines, decides
// whether it may be served, and fits what is to be served on all rows.

import { CarelakeError } from '../../errors.js';
import type { CalibrationTrial } from '../calibrate/choose.js';
import { type CalibrationMap, type ClassCalibrationMap, calibratedAll } from '../calibrate/map.js';
import type { BinaryEvaluation } from '../evaluate/binary.js';
import { type Capacity, capacityOf } from '../evaluate/capacity.js';
import { splitsByPatient } from '../evaluate/folds.js';
import { gate, type Promotion } from '../evaluate/gate.js';
import { simplestWithinOneStandardError } from '../evaluate/proposal.js';
import type { ClassEvaluation } from '../evaluate/several-classes.js';
import type { Matrix } from '../features/matrix.js';
import type { FeatureSchema } from '../features/schema.js';
import { dataset, type Model } from '../learn/index.js';
import type { ModelPlan } from '../plan.js';
import type { Algorithm } from './algorithm.js';
import { algorithms } from './algorithms.js';
import { baselinesOf } from './baselines.js';
import { fitted } from './candidate.js';
import { casesOf } from './cases.js';
import { requireEnough } from './enough.js';
import type { ComparedScore } from './hospital-column.js';
import { heldOutImportance } from './importance.js';
import { type InTime, judgedInTime } from './in-time.js';
import { calibratedRows, evaluated } from './judge.js';
import { type SearchOptions, search, type Tried } from './search.js';

export interface TrainOptions extends SearchOptions {
  readonly algorithms: readonly Algorithm['name'][];
  readonly folds: number;
}

export interface Trained {
  /** Fitted on all rows. */
  readonly model: Model;
  readonly chosen: Tried;
  readonly tried: readonly Tried[];
  readonly calibration: {
    readonly map: CalibrationMap | ClassCalibrationMap;
    readonly tried: readonly CalibrationTrial[];
  };
  readonly evaluation: BinaryEvaluation | ClassEvaluation;
  readonly inTime: InTime | null;
  /** Null for several classes. */
  readonly capacity: Capacity | null;
  readonly promotion: Promotion;
  readonly importance: ReadonlyMap<string, number>;
}

/** Draws of the bootstrap by which the gate decides. */
const replicates = 1000;

/**
 * @param scores What else it is compared with, beside the declared baseline and the prevalence.
 * @throws MODEL_TOO_FEW; LEARN_NO_COLUMN and LEARN_ONE_CLASS where a fold leaves nothing to learn from.
 */
export async function train(
  plan: ModelPlan,
  schema: FeatureSchema,
  matrix: Matrix,
  options: TrainOptions,
  scores: readonly ComparedScore[] = [],
): Promise<Trained> {
  const { task, classes } = plan;
  const cases = casesOf(matrix, options.seed, options.folds);
  if (options.balance && task === 'multiclass') {
    const why = 'the one number that calibrates several classes cannot put right how frequent each of them is';
    throw new CarelakeError('USAGE', `--balance is for a model of a yes or no, not for ${plan.model}: ${why}.`);
  }
  requireEnough(plan.model, cases.outcome, classes);
  const label = Float64Array.from(matrix.label);
  const data = dataset({ columns: matrix.columns, label, task, classes: classes.length });
  const splits = splitsByPatient(cases.fold, options.folds);

  const wanted = algorithms.filter(({ name }) => options.algorithms.includes(name));
  const { best, tried } = await search(data, splits, wanted, options);
  const { logOdds, ...chosen } = simplestWithinOneStandardError(best);
  const calibrated = calibratedRows(plan, cases, logOdds);
  const { probability, map, tried: calibrations } = calibrated;
  const simple = best.find(({ algorithm }) => algorithm.name === 'logistic' && algorithm !== chosen.algorithm);
  const logistic = simple && {
    name: 'logistic',
    label: 'logistic regression',
    prediction: calibratedRows(plan, cases, simple.logOdds).probability,
  };
  const baselines = [...baselinesOf(plan, schema, matrix, splits, scores), ...(logistic ? [logistic] : [])];
  const evaluation = evaluated(plan, cases, probability, baselines, { seed: options.seed, replicates });
  return {
    model: await fitted(chosen, data, options),
    chosen,
    tried,
    calibration: { map, tried: calibrations },
    evaluation,
    inTime: await judgedInTime(plan, data, cases, chosen, options),
    // By the map that serving uses: between the maps of the folds a plateau could fall on either side of a bound.
    capacity: calibrated.task === 'binary' ? capacityOf(calibratedAll(calibrated.map, logOdds)) : null,
    promotion: gate(evaluation, plan.baseline.kind),
    importance: await heldOutImportance(data, splits, chosen, options),
  };
}
