// The evaluation of a model that predicts a yes or no, with its baselines beside it on the same rows and the same draws.
import { type Static, Type } from 'typebox';
import { smallestCell } from '../../catalog/codes/smallest-cell.js';
import type { Rated } from './auroc.js';
import { binaryFigures, figuresOf, withDraws } from './binary-figures.js';
import { percentileInterval, resampled } from './bootstrap.js';
import { calibrationBin, calibrationCurve } from './calibration-curve.js';
import { decisionCurve, decisionPoint } from './decision-curve.js';
import { estimateOrNull } from './estimate.js';
import { byGroup, type Grouping, groupsOf } from './groups.js';
import { numbered, ratedRows, rowsWhere } from './patients.js';
import { rankingCurve, rankingPoint } from './ranking-curves.js';
import { thresholdRow, thresholdTable } from './thresholds.js';
import { comparedFigures, weightedFigures } from './weighted-figures.js';

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
  folds: Type.Array(Type.Object({ fold: Type.Integer(), rows: Type.Integer(), figures: binaryFigures })),
  baselines: Type.Array(
    Type.Object({
      name: Type.String(),
      label: Type.String(),
      figures: binaryFigures,
      difference: Type.Object(
        Object.fromEntries(comparedFigures.map((name) => [name, estimateOrNull])) as Record<
          (typeof comparedFigures)[number],
          typeof estimateOrNull
        >,
        { description: 'Model − baseline; percentile intervals of the paired bootstrap by patient.' },
      ),
      decision_curve: Type.Array(decisionPoint),
    }),
  ),
  calibration_curve: Type.Array(calibrationBin),
  decision_curve: Type.Array(decisionPoint),
  ranking_curve: Type.Array(rankingPoint),
  thresholds: Type.Array(thresholdRow),
  groups: groupsOf(Type.Object({ ...counts, figures: binaryFigures })),
  bootstrap: Type.Object({ replicates: Type.Integer(), seed: Type.Integer() }),
});
export type BinaryEvaluation = Static<typeof binaryEvaluation>;

/** Another prediction of the same rows. */
export interface Baseline {
  readonly name: string;
  readonly label: string;
  /** As the model's: one value a row, or a row's K values side by side. */
  readonly probability: Float64Array;
}

interface BinaryInput extends Rated {
  /** The fold in which each row was predicted, from 0; absent where there are none. */
  readonly fold?: Int32Array;
  readonly baselines: readonly Baseline[];
  readonly groups: readonly Grouping[];
  readonly seed: number;
  readonly replicates: number;
}

/** @throws RangeError for arrays of different lengths and for a probability that is none. */
export function evaluateBinary(input: BinaryInput): BinaryEvaluation {
  const { outcome, baselines, seed, replicates } = input;
  const { patient, patients } = numbered(input.patient);
  const model: Rated = { outcome, probability: input.probability, patient };
  const all = [model, ...baselines.map(({ probability }) => ({ outcome, probability, patient }))];
  for (const { probability } of all) requireProbabilities(probability, outcome.length);

  const inDraw = all.map((rated) => weightedFigures(rated, patients));
  const drawn = resampled({ patients, seed, replicates }, (times) => inDraw.flatMap((figures) => figures(times)));
  const width = comparedFigures.length;
  const draws = all.map((_, number) => drawn.slice(number * width, (number + 1) * width));
  const figures = all.map((rated, number) => withDraws(figuresOf(rated), draws[number] ?? []));
  return {
    kind: 'binary',
    rows: outcome.length,
    patients,
    ...countsOf(model),
    figures: figures[0] as BinaryEvaluation['figures'],
    folds: foldsOf(model, input.fold),
    baselines: baselines.map(({ name, label, probability }, number) => ({
      name,
      label,
      figures: figures[number + 1] as BinaryEvaluation['figures'],
      difference: differences(figures, draws, number + 1),
      decision_curve: decisionCurve(outcome, probability),
    })),
    calibration_curve: calibrationCurve(outcome, model.probability),
    decision_curve: decisionCurve(outcome, model.probability),
    ranking_curve: rankingCurve(outcome, model.probability),
    thresholds: thresholdTable(outcome, model.probability),
    groups: byGroup(input.groups, patient, (rows) => ofGroup(ratedRows(model, rows))),
    bootstrap: { replicates, seed },
  };
}

function requireProbabilities(probability: Float64Array, rows: number): void {
  if (probability.length !== rows) throw new RangeError(`${probability.length} probabilities for ${rows} rows.`);
  const wrong = probability.findIndex((value) => !(value >= 0 && value <= 1));
  if (wrong >= 0) throw new RangeError(`Row ${wrong} has the probability ${probability[wrong]}.`);
}

function countsOf({ outcome, probability }: Rated) {
  const events = outcome.reduce((sum, event) => sum + event, 0);
  const predicted = probability.reduce((sum, value) => sum + value, 0) / outcome.length;
  return { events, prevalence: events / outcome.length, predicted };
}

function foldsOf(model: Rated, fold: Int32Array | undefined): BinaryEvaluation['folds'] {
  return [...new Set(fold)]
    .sort((a, b) => a - b)
    .map((number) => {
      const rows = rowsWhere(model.outcome.length, (row) => fold?.[row] === number);
      return { fold: number, rows: rows.length, figures: figuresOf(ratedRows(model, rows)) };
    });
}

type Difference = BinaryEvaluation['baselines'][number]['difference'];

function differences(
  figures: readonly BinaryEvaluation['figures'][],
  draws: readonly Float64Array[][],
  number: number,
): Difference {
  const entries = comparedFigures.map((name, column) => {
    const [own, other] = [figures[0]?.[name], figures[number]?.[name]];
    const [ownDraws, otherDraws] = [draws[0]?.[column], draws[number]?.[column]];
    if (!own || !other || !ownDraws || !otherDraws) return [name, null];
    const apart = ownDraws.map((value, draw) => value - (otherDraws[draw] as number));
    return [name, percentileInterval(own.value - other.value, apart)];
  });
  return Object.fromEntries(entries) as Difference;
}

/** Fewer than 11 patients with, or without, the outcome: no figures. */
function ofGroup(rated: Rated) {
  const { outcome, patient } = rated;
  const with_ = new Set(patient.filter((_, row) => outcome[row] === 1)).size;
  const without = new Set(patient.filter((_, row) => outcome[row] === 0)).size;
  if (with_ === 0) return 'nobody has the outcome';
  if (without === 0) return 'everybody has the outcome';
  if (with_ < smallestCell.people) return `fewer than ${smallestCell.people} patients with the outcome`;
  if (without < smallestCell.people) return `fewer than ${smallestCell.people} patients without the outcome`;
  return { ...countsOf(rated), figures: figuresOf(rated) };
}
