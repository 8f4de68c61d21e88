// The evaluation of a model that predicts a number.
import { type Static, Type } from 'typebox';
import type { Resampling } from './bootstrap.js';
import { compared, type WeightedFigures } from './comparison.js';
import { estimateOrNull } from './estimate.js';
import { byFold, byGroup, foldsOf, groupsOf } from './groups.js';
import { numbered, taken } from './patients.js';
import { requireLength, type Setting } from './prediction.js';

const names = ['r2', 'mae', 'rmse'] as const;

const numberFigures = Type.Object(
  { r2: estimateOrNull, mae: estimateOrNull, rmse: estimateOrNull },
  {
    description:
      'r2 = 1 − sum of squared errors / sum of squared distances from the mean of the same rows; mae the mean absolute ' +
      'error and rmse the root of the mean squared error, both in the unit of what is predicted.',
  },
);

export const numberEvaluation = Type.Object({
  kind: Type.Literal('number'),
  rows: Type.Integer(),
  patients: Type.Integer(),
  figures: numberFigures,
  baselines: Type.Array(
    Type.Object({ name: Type.String(), label: Type.String(), figures: numberFigures, difference: numberFigures }),
  ),
  folds: foldsOf(numberFigures),
  groups: groupsOf(numberFigures),
  bootstrap: Type.Object({ replicates: Type.Integer(), seed: Type.Integer() }),
});
export type NumberEvaluation = Static<typeof numberEvaluation>;

interface NumberInput extends Setting {
  readonly actual: Float64Array;
  readonly predicted: Float64Array;
}

interface Pairs {
  readonly actual: Float64Array;
  readonly predicted: Float64Array;
  readonly patient: Int32Array;
}

/** @throws RangeError for arrays of different lengths and for a value that is no number. */
export function evaluateNumber(input: NumberInput): NumberEvaluation {
  const { actual, predicted, baselines, seed, replicates } = input;
  const { patient, patients } = numbered(input.patient);
  const all = [predicted, ...baselines.map(({ prediction }) => prediction)];
  for (const values of [actual, ...all]) {
    requireLength(values, patient.length);
    if (values.some((value) => !Number.isFinite(value))) throw new RangeError('A value to be compared is no number.');
  }
  const [own, ...others] = figuresOf(
    all.map((values) => ({ actual, predicted: values, patient })),
    { patients, seed, replicates },
  );
  const ofPart = (rows: Int32Array) => {
    const some = numbered(taken(patient, rows));
    const pairs = { actual: taken(actual, rows), predicted: taken(predicted, rows), patient: some.patient };
    const [found] = figuresOf([pairs], { patients: some.patients, replicates: 0, seed: 0 });
    return (found as { figures: NumberEvaluation['figures'] }).figures;
  };
  return {
    kind: 'number',
    rows: actual.length,
    patients,
    figures: (own as (typeof others)[number]).figures,
    baselines: baselines.map(({ name, label }, number) => ({
      name,
      label,
      ...(others[number] as (typeof others)[number]),
    })),
    folds: byFold(input.fold, ofPart),
    groups: byGroup(input.groups, patient, ofPart),
    bootstrap: { replicates, seed },
  };
}

const figuresOf = (predictions: readonly Pairs[], resampling: Resampling) =>
  compared(
    names,
    predictions.map((pairs) => weighted(pairs, resampling.patients)),
    resampling,
  );

/** Distances are from the mean of all rows, so that large numbers lose no digits. */
function weighted({ actual, predicted, patient }: Pairs, patients: number): WeightedFigures {
  const middle = actual.reduce((sum, value) => sum + value, 0) / actual.length;
  const sums = Array.from({ length: 5 }, () => new Float64Array(patients));
  for (const [row, who] of patient.entries()) {
    const [away, error] = [(actual[row] as number) - middle, (predicted[row] as number) - (actual[row] as number)];
    for (const [number, value] of [1, away, away ** 2, Math.abs(error), error ** 2].entries()) {
      const sum = sums[number] as Float64Array;
      sum[who] = (sum[who] as number) + value;
    }
  }
  return (times) => {
    const [rows, away, squares, absolute, errors] = sums.map((sum) =>
      sum.reduce((total, value, who) => total + value * (times[who] as number), 0),
    ) as [number, number, number, number, number];
    const spread = squares - away ** 2 / rows;
    return [spread > 0 ? 1 - errors / spread : Number.NaN, absolute / rows, Math.sqrt(errors / rows)];
  };
}
