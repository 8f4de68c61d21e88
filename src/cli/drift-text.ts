// How a version of a model fits by now, on the terminal.
import type { Drift } from '../models/drift/drift.js';
import type { MaturedOutcomes } from '../models/drift/outcomes.js';
import { textTable } from './output.js';

export function driftText({ model, version, questions, features, outcomes }: Drift): string {
  const name = `${model} ${version}`;
  const inputs =
    questions === 0
      ? `Nobody has asked ${name} anything that was kept.`
      : `${questions} questions to ${name}. Below 0.1 nothing has moved; above 0.25 look closer.\n\n${textTable(
          ['feature', 'stability index', 'missing in training', 'missing now'],
          features.map((one) => [one.label, one.psi, one.missing_in_training, one.missing_now]),
        )}`;
  return `${inputs}\n\n${outcomesText(outcomes)}`;
}

function outcomesText({ cases, classes, brier, left_out: left, waiting, said }: MaturedOutcomes): string {
  const head = `Of ${cases} predictions about known patients it is known what happened; ${waiting} wait for it.`;
  const without = [
    [left.repeated, 'asked about before'],
    [left.learned_from, 'known already when the version was trained'],
    [left.never_known, 'never to be known'],
  ] as const;
  const leftOut = without.flatMap(([count, why]) => (count > 0 ? [`${count} ${why}`] : []));
  const table = textTable(
    ['outcome', 'observed', 'expected', 'observed / expected', 'calibration slope'],
    classes.map((one) => [one.name, one.observed, one.expected, shown(one.ratio), shown(one.slope)]),
  );
  return [
    head,
    ...(leftOut.length > 0 ? [`Left out: ${leftOut.join(', ')}.`] : []),
    ...(cases > 0 ? [table] : []),
    ...(brier === null ? [] : [`Brier score ${brier.toFixed(4)}.`]),
    ...said,
  ].join('\n\n');
}

function shown(figure: MaturedOutcomes['classes'][number]['ratio']): string {
  if (!figure) return 'too few';
  const { value, low, high } = figure;
  return low === null || high === null
    ? value.toFixed(2)
    : `${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
}
