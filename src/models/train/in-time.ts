// How the chosen candidate does on the latest rows, knowing only what was known before them: the nearest to what serving will
// be that the data can show.
import { calibratedAll } from '../calibrate/map.js';
import { calibratedClasses } from '../calibrate/temperature.js';
import type { BinaryEvaluation } from '../evaluate/binary.js';
import { cutoffDay, splitsByPatient, splitsByTime } from '../evaluate/folds.js';
import { rowsWhere, taken } from '../evaluate/patients.js';
import type { ClassEvaluation } from '../evaluate/several-classes.js';
import type { Dataset } from '../learn/index.js';
import type { ModelPlan } from '../plan.js';
import type { Candidate, FitOptions } from './candidate.js';
import type { Cases } from './cases.js';
import { crossValidate } from './cross-validate.js';
import { hasEnough } from './enough.js';
import { calibratedRows, evaluated } from './judge.js';

export interface InTime {
  /** Days since 1970: rows from this day on were judged. */
  readonly cutoff: number;
  readonly evaluation: BinaryEvaluation | ClassEvaluation;
}

/** Null where rows have no dates, or there are too few of an outcome before the cutoff or after it. */
export async function judgedInTime(
  plan: ModelPlan,
  data: Dataset,
  cases: Cases,
  chosen: Candidate,
  { folds, ...options }: FitOptions & { readonly folds: number },
): Promise<InTime | null> {
  const { day, fold, outcome } = cases;
  const horizon = plan.label.days;
  if (horizon === null || day.every((one) => one < 0)) return null;
  const cutoff = cutoffDay(day);
  const early = rowsWhere(day.length, (row) => (day[row] as number) + horizon <= cutoff);
  const late = rowsWhere(day.length, (row) => (day[row] as number) >= cutoff);
  const classes = plan.classes.length;
  if (![early, late].every((rows) => hasEnough(taken(outcome, rows), classes))) return null;
  const { logOdds } = await crossValidate(data, splitsByTime(fold, folds, { day, cutoff, horizon }), chosen, options);
  const known = await earlyCalibration(plan, data, cases, early, chosen, { folds, ...options });
  const own = taken(logOdds, late, classes === 2 ? 1 : classes);
  const lateCases = {
    outcome: taken(outcome, late),
    patient: taken(cases.patient, late),
    fold: taken(fold, late),
    groups: [],
    day,
  };
  const probability =
    known.task === 'binary' ? calibratedAll(known.map, own) : calibratedClasses(known.map, own, classes);
  return { cutoff, evaluation: evaluated(plan, lateCases, probability, [], { seed: options.seed, replicates }) };
}

/** No baseline is compared, so that fewer draws than for the gate will do. */
const replicates = 200;

/** The calibration that could be known at the cutoff: from early rows alone. */
async function earlyCalibration(
  plan: ModelPlan,
  data: Dataset,
  cases: Cases,
  early: Int32Array,
  chosen: Candidate,
  { folds, ...options }: FitOptions & { readonly folds: number },
) {
  const own = taken(cases.fold, early);
  const { logOdds } = await crossValidate(data.subset(early), splitsByPatient(own, folds), chosen, options);
  return calibratedRows(plan, { ...cases, outcome: taken(cases.outcome, early), fold: own }, logOdds);
}
