// What a model is compared with, each predicted out of the same folds: the one that its plan declares, and the prevalence.
import { recalibratedScore } from '../calibrate/recalibrated-score.js';
import { classShares } from '../evaluate/class-shares.js';
import type { Split } from '../evaluate/folds.js';
import { type Learning, outOfFold } from '../evaluate/out-of-fold.js';
import type { Baseline as Compared } from '../evaluate/prediction.js';
import type { Matrix } from '../features/matrix.js';
import type { FeatureSchema } from '../features/schema.js';
import type { Baseline, ModelPlan } from '../plan.js';
import type { ComparedScore } from './hospital-column.js';
import { laceOf } from './lace-column.js';

/** The declared one first. */
export function baselinesOf(
  plan: ModelPlan,
  schema: FeatureSchema,
  matrix: Matrix,
  splits: readonly Split[],
  scores: readonly ComparedScore[],
): Compared[] {
  const outcome = Uint8Array.from(matrix.label);
  const classes = plan.classes.length;
  const width = classes === 2 ? 1 : classes;
  const predicted = (name: string, label: string, fit: Learning): Compared => ({
    name,
    label,
    prediction: outOfFold(splits, matrix.rows, width, fit),
  });
  const { kind } = plan.baseline;
  return [
    predicted(kind, labels[kind], declared(kind, schema, matrix, { outcome, classes })),
    predicted(
      'prevalence',
      classes === 2 ? 'the prevalence' : 'the shares of the classes',
      classShares({ outcome, classes }),
    ),
    ...scores.map(({ name, label, score }) => predicted(name, label, recalibratedScore({ outcome, score }))),
    ...carriedForward(plan, matrix.rows),
  ];
}

/** What most would guess: that the state stays as it is. It is said with certainty, so that only its accuracy compares. */
function carriedForward({ classes, unchanged }: ModelPlan, rows: number): Compared[] {
  if (unchanged === undefined) return [];
  const own = classes.indexOf(unchanged);
  const prediction = Float64Array.from({ length: rows * classes.length }, (_, at) =>
    at % classes.length === own ? 1 : 0,
  );
  return [{ name: 'carry-forward', label: `carried forward: "${unchanged}" for everybody`, prediction }];
}

const labels: Readonly<Record<Baseline['kind'], string>> = {
  lace: 'LACE, recalibrated',
  'prevalence by admission type': 'the prevalence by admission type',
  'acute visits': 'the acute visits in the year before, recalibrated',
  'class shares by severity': 'the shares of the classes given the present severity',
};

function declared(
  kind: Baseline['kind'],
  schema: FeatureSchema,
  matrix: Matrix,
  known: { outcome: Uint8Array; classes: number },
): Learning {
  switch (kind) {
    case 'lace':
      return recalibratedScore({ ...known, score: laceOf(schema, matrix.columns) });
    case 'acute visits':
      return recalibratedScore({ ...known, score: Float64Array.from(valuesOf(matrix, 'acute_visits_365_days')) });
    case 'prevalence by admission type':
      return classShares({ ...known, group: Int32Array.from(valuesOf(matrix, 'admission_type')) });
    case 'class shares by severity':
      return classShares({ ...known, group: Int32Array.from(valuesOf(matrix, 'severity_score'), wholePoints) });
  }
}

const wholePoints = (severity: number): number => (Number.isNaN(severity) ? -1 : Math.floor(severity));

function valuesOf({ columns }: Matrix, name: string) {
  const column = columns.find((one) => one.name === name);
  if (!column) throw new Error(`The table of the model has no column ${name}, which its baseline needs.`);
  return column.values;
}
