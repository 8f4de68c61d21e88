// The evaluation of a model that predicts one of several classes.
import { type Static, Type } from 'typebox';
import { smallestCell } from '../../catalog/codes/smallest-cell.js';
import { auroc } from './auroc.js';
import { calibrationBin, calibrationCurve } from './calibration-curve.js';
import { calibrationLine } from './calibration-line.js';
import { type ClassRated, classFigures, classFiguresOf, mostProbable, oneAgainstRest } from './class-figures.js';
import { estimateOrNull } from './estimate.js';
import { byFold, byGroup, foldsOf, groupsOf } from './groups.js';
import { numbered, taken } from './patients.js';
import { requireLength, requireProbabilities, type Setting } from './prediction.js';

export const classEvaluation = Type.Object({
  kind: Type.Literal('classes'),
  rows: Type.Integer(),
  patients: Type.Integer(),
  figures: classFigures,
  baselines: Type.Array(
    Type.Object({ name: Type.String(), label: Type.String(), figures: classFigures, difference: classFigures }),
  ),
  folds: foldsOf(classFigures),
  classes: Type.Array(
    Type.Object({
      name: Type.String(),
      rows: Type.Integer(),
      share: Type.Number(),
      predicted: Type.Number({ description: 'Mean predicted probability.' }),
      auroc: estimateOrNull,
      slope: estimateOrNull,
      intercept: estimateOrNull,
      calibration_curve: Type.Array(calibrationBin),
    }),
    { description: 'Each class against the rest.' },
  ),
  confusion: Type.Array(Type.Array(Type.Integer()), {
    description: 'A line for each class that happened, a column for each that was the most probable.',
  }),
  groups: groupsOf(classFigures),
  bootstrap: Type.Object({ replicates: Type.Integer(), seed: Type.Integer() }),
});
export type ClassEvaluation = Static<typeof classEvaluation>;

interface ClassInput extends Setting {
  readonly classes: readonly string[];
  /** The number of the class that happened. */
  readonly outcome: Uint8Array;
  /** Row-major: one row's probabilities side by side. */
  readonly probability: Float64Array;
}

/** @throws RangeError for arrays of different lengths and for a probability that is none. */
export function evaluateClasses(input: ClassInput): ClassEvaluation {
  const { classes, outcome, probability, baselines, seed, replicates } = input;
  const width = classes.length;
  requireLength(input.patient, outcome.length);
  const { patient, patients } = numbered(input.patient);
  const all = [probability, ...baselines.map(({ prediction }) => prediction)];
  for (const values of all) requireProbabilities(values, outcome.length * width);

  const model: ClassRated = { outcome, probability, patient };
  const rated = all.map((values) => ({ ...model, probability: values }));
  const [own, ...others] = classFiguresOf(rated, width, { patients, seed, replicates });
  return {
    kind: 'classes',
    rows: outcome.length,
    patients,
    figures: (own as (typeof others)[number]).figures,
    baselines: baselines.map(({ name, label }, number) => ({
      name,
      label,
      ...(others[number] as (typeof others)[number]),
    })),
    folds: byFold(input.fold, (rows) => ofPart(part(model, rows, width), width)),
    classes: classes.map((name, number) => againstRest(name, model, width, number)),
    confusion: confusion(model, width),
    groups: byGroup(input.groups, patient, (rows) => {
      const some = part(model, rows, width);
      const seen = classes.map(
        (_, number) => new Set(some.patient.filter((_, row) => some.outcome[row] === number)).size,
      );
      const few = seen.findIndex((count) => count < smallestCell.people);
      if (few >= 0) return `fewer than ${smallestCell.people} patients of the class ${classes[few]}`;
      return ofPart(some, width);
    }),
    bootstrap: { replicates, seed },
  };
}

const part = ({ outcome, probability, patient }: ClassRated, rows: Int32Array, width: number): ClassRated => ({
  outcome: taken(outcome, rows),
  probability: taken(probability, rows, width),
  patient: numbered(taken(patient, rows)).patient,
});

function ofPart(rated: ClassRated, width: number): ClassEvaluation['figures'] {
  const { patients } = numbered(rated.patient);
  const [found] = classFiguresOf([rated], width, { patients, replicates: 0, seed: 0 });
  return (found as { figures: ClassEvaluation['figures'] }).figures;
}

function againstRest(name: string, model: ClassRated, width: number, number: number) {
  const rated = oneAgainstRest(model, width, number);
  const rows = rated.outcome.reduce((sum, event) => sum + event, 0);
  return {
    name,
    rows,
    share: rows / rated.outcome.length,
    predicted: rated.probability.reduce((sum, value) => sum + value, 0) / rated.outcome.length,
    auroc: auroc(rated),
    ...calibrationLine(rated),
    calibration_curve: calibrationCurve(rated.outcome, rated.probability),
  };
}

function confusion({ outcome, probability }: ClassRated, classes: number): number[][] {
  const table = Array.from({ length: classes }, () => Array.from({ length: classes }, () => 0));
  for (const [row, happened] of outcome.entries()) {
    const line = table[happened] as number[];
    const chosen = mostProbable(probability, classes, row);
    line[chosen] = (line[chosen] as number) + 1;
  }
  return table;
}
