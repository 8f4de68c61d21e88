// What the terminal and --json show of models.
import type { ModelCard } from '../models/card/schema.js';
import type { Made } from '../models/make.js';
import { textTable } from './output.js';

/** One row of `train --json`. */
export interface ModelLine {
  readonly model: string;
  readonly version: string;
  readonly algorithm: string;
  readonly source: string;
  readonly rows: number;
  readonly patients: number;
  readonly folds: number;
  readonly promoted: boolean;
  readonly reason: string;
  readonly ms: number;
  readonly reused: boolean;
  readonly [figure: string]: unknown;
}

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
    ms,
    reused,
  };
}

function figuresOf(evaluation: ModelCard['evaluation']): Record<string, unknown> {
  if (evaluation.kind === 'binary') {
    const { auroc, average_precision, brier, slope, intercept } = evaluation.figures;
    return {
      auroc: auroc?.value ?? null,
      auroc_ci: bounds(auroc),
      auprc: average_precision?.value ?? null,
      brier: brier?.value ?? null,
      slope: slope?.value ?? null,
      slope_ci: bounds(slope),
      intercept: intercept?.value ?? null,
    };
  }
  if (evaluation.kind === 'classes') {
    const { log_loss, skill, macro_auroc } = evaluation.figures;
    return { log_loss: log_loss?.value ?? null, skill: skill?.value ?? null, macro_auroc: macro_auroc?.value ?? null };
  }
  return {};
}

type Interval = { readonly low: number | null; readonly high: number | null } | null;
const bounds = (estimate: Interval): [number | null, number | null] | null => estimate && [estimate.low, estimate.high];

export function modelsText(lines: readonly ModelLine[]): string {
  const shown = (value: unknown): string => (typeof value === 'number' ? value.toFixed(3) : '');
  return [
    textTable(
      ['model', 'version', 'algorithm', 'source', 'rows', 'AUROC', 'slope', 'skill', 'served'],
      lines.map((line) => [
        ...[line.model, line.version, line.algorithm, line.source, line.rows],
        ...[shown(line.auroc ?? line.macro_auroc), shown(line.slope), shown(line.skill)],
        line.promoted ? 'yes' : 'no',
      ]),
    ),
    ...lines.map(({ model, reason }) => `${model}: ${reason}`),
  ].join('\n\n');
}
