// A model card on the terminal.
import type { ModelCard } from '../models/card/schema.js';
import { textTable } from './output.js';

type Figure = { readonly value: number; readonly low: number | null; readonly high: number | null } | null;

export function cardText(card: ModelCard): string {
  const { evaluation, promotion, label, provenance } = card;
  return [
    `${card.title} (${card.model} ${card.version})`,
    promotion.reason,
    [
      `Predicts     ${label.name}: ${label.definition}`,
      `Cases        ${label.moment}`,
      `Source       ${card.source}, run ${provenance.run}, ${evaluation.rows} cases of ${evaluation.patients} patients`,
      `Algorithm    ${card.algorithm.name}. ${card.algorithm.why}`,
      `For          ${card.intended_use}`,
    ].join('\n'),
    textTable(
      ['', ...columnsOf(evaluation)],
      [{ label: 'this model', figures: evaluation.figures }, ...evaluation.baselines].map(
        ({ label: name, figures }) => [
          name,
          ...columnsOf(evaluation).map((column) => written((figures as Record<string, Figure>)[column] ?? null)),
        ],
      ),
    ),
    textTable(['feature', 'loss rises by when shuffled'], mostImportant(card)),
    ['Limits:', ...card.limits.map((limit) => `  ${limit}`)].join('\n'),
  ].join('\n\n');
}

function columnsOf({ kind }: ModelCard['evaluation']): readonly string[] {
  if (kind === 'binary') return ['auroc', 'average_precision', 'brier', 'log_loss', 'slope', 'intercept'];
  return kind === 'classes' ? ['log_loss', 'skill', 'macro_auroc', 'accuracy'] : ['r2', 'mae'];
}

function written(figure: Figure): string {
  if (!figure) return '–';
  const { value, low, high } = figure;
  if (low === null || high === null) return value.toFixed(3);
  return `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
}

const shown = 10;

function mostImportant({ features }: ModelCard): [string, number][] {
  return features
    .flatMap(({ label, importance }): [string, number][] => (importance === null ? [] : [[label, importance]]))
    .sort(([, a], [, b]) => b - a)
    .slice(0, shown);
}
