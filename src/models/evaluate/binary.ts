// The evaluation of a model that predicts a yes or no, with its baselines beside it on the same rows and the same draws.
import { type Static, Type } from 'typebox';
import { smallestCell } from '../../catalog/codes/smallest-cell.js';
import type { Rated } from './auroc.js';
import { binaryDifference, binaryFigures, binaryFiguresOf, binaryFiguresOfPart } from './binary-figures.js';
import { calibrationBin, calibrationCurve } from './calibration-curve.js';
import { decisionCurve, decisionPoint } from './decision-curve.js';
import { byFold, byGroup, foldsOf, groupsOf } from './groups.js';
import { numbered, ratedRows } from './patients.js';
import { requireLength, requireProbabilities, type Setting } from './prediction.js';
import { rankingCurve, rankingPoint } from './ranking-curves.js';
import { thresholdRow, thresholdTable } from './thresholds.js';

const counts = {
  events: Type.Integer({ description: 'Rows with the outcome.' }),
  prevalence: Type.Number(),
  predicted: Type.Number({ description: 'Mean predicted probability.' }),
};

export const binaryEvaluation = Type.Object({
  kind: Type.Literal('binary'),
  rows: Type.Integer(),
  patients: Type.Integer(),
  ...counts,
  figures: binaryFigures,
  baselines: Type.Array(
    Type.Object({
      name: Type.String(),
      label: Type.String(),
      figures: binaryFigures,
      difference: binaryDifference,
      decision_curve: Type.Array(decisionPoint),
    }),
  ),
  folds: foldsOf(binaryFigures),
  calibration_curve: Type.Array(calibrationBin),
  decision_curve: Type.Array(decisionPoint),
  ranking_curve: Type.Array(rankingPoint),
  thresholds: Type.Array(thresholdRow),
  groups: groupsOf(Type.Object({ ...counts, figures: binaryFigures })),
  bootstrap: Type.Object({ replicates: Type.Integer(), seed: Type.Integer() }),
});
export type BinaryEvaluation = Static<typeof binaryEvaluation>;

interface BinaryInput extends Setting {
  /** 1 where the outcome happened, else 0. */
  readonly outcome: Uint8Array;
  readonly probability: Float64Array;
}

/** @throws RangeError for arrays of different lengths and for a probability that is none. */
export function evaluateBinary(input: BinaryInput): BinaryEvaluation {
  const { outcome, probability, baselines, seed, replicates } = input;
  requireLength(input.patient, outcome.length);
  const { patient, patients } = numbered(input.patient);
  const all = [probability, ...baselines.map(({ prediction }) => prediction)];
  for (const values of all) requireProbabilities(values, outcome.length);

  const model: Rated = { outcome, probability, patient };
  const rated = all.map((values) => ({ ...model, probability: values }));
  const [own, ...others] = binaryFiguresOf(rated, { patients, seed, replicates });
  return {
    kind: 'binary',
    rows: outcome.length,
    patients,
    ...countsOf(model),
    figures: (own as (typeof others)[number]).figures,
    baselines: baselines.map(({ name, label, prediction }, number) => ({
      name,
      label,
      ...(others[number] as (typeof others)[number]),
      decision_curve: decisionCurve(outcome, prediction),
    })),
    folds: byFold(input.fold, (rows) => binaryFiguresOfPart(ratedRows(model, rows))),
    calibration_curve: calibrationCurve(outcome, probability),
    decision_curve: decisionCurve(outcome, probability),
    ranking_curve: rankingCurve(outcome, probability),
    thresholds: thresholdTable(outcome, probability),
    groups: byGroup(input.groups, patient, (rows) => ofGroup(ratedRows(model, rows))),
    bootstrap: { replicates, seed },
  };
}

function countsOf({ outcome, probability }: Rated) {
  const events = outcome.reduce((sum, event) => sum + event, 0);
  const predicted = probability.reduce((sum, value) => sum + value, 0) / outcome.length;
  return { events, prevalence: events / outcome.length, predicted };
}

/** Fewer than 11 patients with, or without, the outcome: no figures. */
function ofGroup(rated: Rated) {
  const { outcome, patient } = rated;
  const patientsWith = (event: number) => new Set(patient.filter((_, row) => outcome[row] === event)).size;
  const [affected, spared] = [patientsWith(1), patientsWith(0)];
  if (affected === 0) return 'nobody has the outcome';
  if (spared === 0) return 'everybody has the outcome';
  if (affected < smallestCell.people) return `fewer than ${smallestCell.people} patients with the outcome`;
  if (spared < smallestCell.people) return `fewer than ${smallestCell.people} patients without the outcome`;
  return { ...countsOf(rated), figures: binaryFiguresOfPart(rated) };
}
