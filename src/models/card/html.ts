// A model card as one HTML file, for a screen and for paper. It holds figures about groups, nothing of a patient.
import { escaped, reportPage } from '../../report-page/page.js';
import { binaryPlots, calibrationPlot } from './binary-plots.js';
import {
  calibrationTable,
  classTables,
  comparisonTable,
  foldTable,
  groupTables,
  thresholdTableOf,
} from './figure-tables.js';
import { methodsOf } from './methods.js';
import { capacityOfCard, making, provenance, purpose } from './origin.js';
import { plotStyle } from './plot.js';
import type { ModelCard } from './schema.js';
import { bars, forest, stripStyle } from './strips.js';
import { table } from './table.js';

const style = `
.gate { border-left: .35rem solid var(--bad); padding: .4rem 1rem; margin: 1rem 0; } .gate.yes { border-color: var(--good); } .gate strong { font-size: 1.15rem; }
dl { display: grid; grid-template-columns: minmax(7rem, 12rem) 1fr; gap: .3rem 1rem; margin: 0; } dt { font-weight: 600; } dd { margin: 0; overflow-wrap: anywhere; } ul { margin: 0; padding-left: 1.2rem; }
tbody th { font-weight: 400; } @media (max-width: 480px) { body { padding: 1rem; } dl { grid-template-columns: 1fr; } dd { margin-bottom: .5rem; } }
${plotStyle}${stripStyle}`;

export function cardHtml(card: ModelCard): string {
  const { promoted, reason } = card.promotion;
  const sections: (readonly [string, string])[] = [
    ['What it is for', purpose(card)],
    ['How good it is', `${comparisonTable(card)}\n${plots(card)}`],
    ['What it means in use', inUse(card)],
    ['For whom it is how good', groups(card)],
    ['What it looks at', importance(card)],
    ['How it was made', `${making(card)}\n${foldTable(card)}`],
    ['Of what it was made', provenance(card)],
    ['How the figures were made', methodsOf(card)],
  ];
  const main = `<p class="quiet">Model <code>${escaped(card.model)}</code>, version <code>${escaped(card.version)}</code>, source <code>${escaped(card.source)}</code></p>
<div class="gate${promoted ? ' yes' : ''}"><strong>${promoted ? 'Promoted' : 'Not promoted'}</strong><br>${escaped(reason)}</div>
${sections
  .filter(([, body]) => body !== '')
  .map(([title, body]) => `<h2>${title}</h2>\n${body}`)
  .join('\n')}`;
  return reportPage(card.title, main, style);
}

function plots({ evaluation }: ModelCard): string {
  if (evaluation.kind === 'binary') return `${binaryPlots(evaluation)}\n${calibrationTable(evaluation)}`;
  if (evaluation.kind === 'number') return '';
  const each = evaluation.classes.map(({ name, calibration_curve: curve }) =>
    calibrationPlot(`Calibration: ${name}`, curve),
  );
  return `${classTables(evaluation)}\n<div class="plots">${each.join('\n')}</div>`;
}

const inUse = (card: ModelCard): string =>
  card.evaluation.kind === 'binary' ? `${capacityOfCard(card)}\n${thresholdTableOf(card.evaluation)}` : '';

function groups(card: ModelCard): string {
  const { evaluation } = card;
  if (evaluation.groups.length === 0) return '';
  if (evaluation.kind !== 'binary') return groupTables(card);
  const strips = evaluation.groups.flatMap(({ label, levels }) => [
    { name: label, heading: true },
    ...levels.map(({ level, figures, why }) => ({
      name: level,
      estimate: figures?.figures.auroc ?? null,
      note: why ?? '',
    })),
  ]);
  return `${forest('AUROC by group, with 95 % intervals', 'AUROC; the dashed line is that of all', strips, evaluation.figures.auroc?.value ?? null)}\n${groupTables(card)}`;
}

const mostBars = 20;

function importance({ features, loss }: ModelCard): string {
  const used = features
    .flatMap(({ label, importance }) => (importance === null ? [] : [{ name: label, value: importance }]))
    .sort((a, b) => b.value - a.value);
  const drawn =
    used.length === 0
      ? ''
      : bars('What it would miss most', `rise of ${loss} when the feature is shuffled`, used.slice(0, mostBars));
  const all = table({
    caption: 'Features',
    head: ['feature', 'unit', 'definition'],
    words: [1, 2],
    rows: features.map(({ name, label, unit, definition, importance }) => [
      `${escaped(label)}<br><code>${escaped(name)}</code>${importance === null ? '<br><span class="quiet">not used</span>' : ''}`,
      escaped(unit ?? ''),
      escaped(definition),
    ]),
  });
  return `${drawn}\n${all}`;
}
