// The four plots of a prediction of yes or no.

import { percent } from '../../report-page/page.js';
import type { BinaryEvaluation } from '../evaluate/binary.js';
import type { CalibrationBin } from '../evaluate/calibration-curve.js';
import { plot } from './plot.js';
import { decimal } from './words.js';

const looks = ['first', 'second', 'third'];
/** As many baselines as there are looks. */
const shown = (evaluation: BinaryEvaluation) => evaluation.baselines.slice(0, looks.length);

export const binaryPlots = (evaluation: BinaryEvaluation): string =>
  `<div class="plots">${[
    calibrationPlot('Calibration', evaluation.calibration_curve),
    decisionPlot(evaluation),
    rocPlot(evaluation),
    precisionPlot(evaluation),
  ].join('\n')}</div>`;

/** To where the curve goes, so that rare outcomes do not sit in a corner. */
export function calibrationPlot(title: string, curve: readonly CalibrationBin[]): string {
  const most = Math.max(...curve.map(({ predicted, observed }) => Math.max(predicted, observed.high ?? 0)));
  const to = Math.min(1, Math.ceil(most * 10 + 1e-9) / 10);
  const points = curve.map(({ predicted, observed }) => [predicted, observed.value] as const);
  return plot({
    title,
    says: `Predicted against observed share: ${points.map(([x, y]) => `${percent(x)} against ${percent(y)}`).join(', ')}.`,
    x: { label: 'predicted probability', from: 0, to },
    y: { label: 'observed share', from: 0, to },
    marks: [
      {
        kind: 'line',
        look: 'ideal',
        points: [
          [0, 0],
          [to, to],
        ],
        name: 'right',
      },
      {
        kind: 'bars',
        look: 'spread',
        bars: curve.map(({ predicted, observed }) => [
          predicted,
          observed.low ?? observed.value,
          observed.high ?? observed.value,
        ]),
      },
      { kind: 'line', look: 'model', points, name: 'model, with 95 % intervals' },
      { kind: 'dots', look: 'model', points },
    ],
  });
}

/** From a little below 0, to where anything is of use. */
function decisionPlot(evaluation: BinaryEvaluation): string {
  const { decision_curve: curve, prevalence } = evaluation;
  const useful = curve.filter((point) => Math.max(point.net_benefit, point.treat_all) > 0.02 * prevalence).at(-1);
  const to = Math.min(0.5, Math.ceil(((useful?.threshold ?? 0.1) + 0.02) * 10) / 10);
  const top = Math.max(prevalence, 0.01) * 1.1;
  const within = curve.filter(({ threshold }) => threshold <= to);
  return plot({
    title: 'Decision curve',
    says: `Net benefit of acting on the model where its probability reaches a threshold; at ${percent(within.at(-1)?.threshold ?? 0)} it is ${decimal(within.at(-1)?.net_benefit ?? 0)}.`,
    x: { label: 'threshold probability', from: 0, to },
    y: { label: 'net benefit', from: -top / 5, to: top },
    marks: [
      {
        kind: 'line',
        look: 'ideal',
        points: [
          [0, 0],
          [to, 0],
        ],
        name: 'nobody',
      },
      {
        kind: 'line',
        look: 'second',
        points: within
          .map((point) => [point.threshold, point.treat_all] as const)
          .filter(([, benefit]) => benefit >= -top / 5),
        name: 'everybody',
      },
      ...shown(evaluation)
        .slice(0, 1)
        .map(({ label, decision_curve: points }) => ({
          kind: 'line' as const,
          look: 'first',
          points: points
            .filter(({ threshold }) => threshold <= to)
            .map((point) => [point.threshold, point.net_benefit] as const),
          name: label,
        })),
      {
        kind: 'line',
        look: 'model',
        points: within.map((point) => [point.threshold, point.net_benefit] as const),
        name: 'model',
      },
    ],
  });
}

function rocPlot({ ranking_curve: curve, figures }: BinaryEvaluation): string {
  return plot({
    title: 'ROC curve',
    says: `The area is ${figures.auroc ? decimal(figures.auroc.value) : 'unknown'}.`,
    x: { label: '1 − specificity', from: 0, to: 1 },
    y: { label: 'sensitivity', from: 0, to: 1 },
    marks: [
      {
        kind: 'line',
        look: 'ideal',
        points: [
          [0, 0],
          [1, 1],
        ],
        name: 'chance',
      },
      {
        kind: 'line',
        look: 'model',
        points: [[0, 0], ...curve.map((point) => [point.false_positive_rate, point.sensitivity] as const)],
        name: 'model',
      },
    ],
  });
}

function precisionPlot({ ranking_curve: curve, figures, prevalence }: BinaryEvaluation): string {
  return plot({
    title: 'Precision and recall',
    says: `The average precision is ${figures.average_precision ? decimal(figures.average_precision.value) : 'unknown'}, that of chance ${decimal(prevalence)}.`,
    x: { label: 'sensitivity (recall)', from: 0, to: 1 },
    y: { label: 'PPV (precision)', from: 0, to: 1 },
    marks: [
      {
        kind: 'line',
        look: 'ideal',
        points: [
          [0, prevalence],
          [1, prevalence],
        ],
        name: 'chance',
      },
      {
        kind: 'line',
        look: 'model',
        points: curve.map((point) => [point.sensitivity, point.precision] as const),
        name: 'model',
      },
    ],
  });
}
