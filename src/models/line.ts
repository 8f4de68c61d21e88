// A version in a line: what `train --json`, a job and the terminal say of it.
import { type Static, Type } from 'typebox';
import { numberOrNull } from './evaluate/estimate.js';
import type { Made } from './make.js';

const bounds = Type.Union([Type.Array(numberOrNull, { minItems: 2, maxItems: 2 }), Type.Null()]);
const figure = Type.Optional(numberOrNull);

export const modelLineSchema = Type.Object({
  model: Type.String(),
  version: Type.String(),
  algorithm: Type.String(),
  source: Type.String(),
  rows: Type.Integer(),
  patients: Type.Integer(),
  folds: Type.Integer(),
  auroc: figure,
  auroc_ci: Type.Optional(bounds),
  auprc: figure,
  brier: figure,
  slope: figure,
  slope_ci: Type.Optional(bounds),
  intercept: figure,
  log_loss: figure,
  skill: figure,
  macro_auroc: figure,
  accuracy: figure,
  baselines: Type.Array(Type.Object({ name: Type.String(), label: Type.String() }, { additionalProperties: true })),
  promoted: Type.Boolean({ description: 'Whether it is good enough to be served.' }),
  reason: Type.String(),
  ms: Type.Integer(),
  reused: Type.Boolean({ description: 'The same data, settings and code had made it already.' }),
});
/** One row of `train --json`. */
export type ModelLine = Static<typeof modelLineSchema>;

export function modelLine({ card, reused }: Made, ms: number): ModelLine {
  const { evaluation } = card;
  return {
    model: card.model,
    version: card.version,
    algorithm: card.algorithm.name,
    source: card.source,
    rows: evaluation.rows,
    patients: evaluation.patients,
    folds: card.split.folds,
    ...figuresOf(evaluation),
    baselines: evaluation.baselines.map(({ name, label, figures }) => ({ name, label, figures })),
    promoted: card.promotion.promoted,
    reason: card.promotion.reason,
    ms: Math.round(ms),
    reused,
  };
}

function figuresOf(evaluation: Made['card']['evaluation']): Partial<ModelLine> {
  if (evaluation.kind === 'binary') {
    const { auroc, average_precision, brier, slope, intercept } = evaluation.figures;
    return {
      auroc: auroc?.value ?? null,
      auroc_ci: boundsOf(auroc),
      auprc: average_precision?.value ?? null,
      brier: brier?.value ?? null,
      slope: slope?.value ?? null,
      slope_ci: boundsOf(slope),
      intercept: intercept?.value ?? null,
    };
  }
  if (evaluation.kind === 'classes') {
    const { log_loss, skill, macro_auroc, accuracy } = evaluation.figures;
    return {
      log_loss: log_loss?.value ?? null,
      skill: skill?.value ?? null,
      macro_auroc: macro_auroc?.value ?? null,
      accuracy: accuracy?.value ?? null,
    };
  }
  return {};
}

type Interval = { readonly low: number | null; readonly high: number | null } | null;
const boundsOf = (estimate: Interval): (number | null)[] | null => estimate && [estimate.low, estimate.high];
