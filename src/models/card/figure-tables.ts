// The figures of a model in tables: beside its baselines, by threshold, by group, by fold, by class.

import { counted, escaped, percent } from '../../report-page/page.js';
import type { BinaryEvaluation } from '../evaluate/binary.js';
import type { Estimate } from '../evaluate/estimate.js';
import type { NumberEvaluation } from '../evaluate/number.js';
import type { ClassEvaluation } from '../evaluate/several-classes.js';
import type { ModelCard } from './schema.js';
import { table } from './table.js';
import { decimal, withInterval } from './words.js';

type Figures = Readonly<Record<string, Estimate | null>>;

/** Names of figures as a reader knows them, by kind of evaluation. */
const headings: Readonly<Record<ModelCard['evaluation']['kind'], Readonly<Record<string, string>>>> = {
  binary: {
    auroc: 'AUROC',
    average_precision: 'AUPRC',
    brier: 'Brier',
    scaled_brier: 'scaled Brier',
    log_loss: 'log loss',
    slope: 'slope',
    intercept: 'intercept',
  },
  classes: { log_loss: 'log loss', skill: 'skill', macro_auroc: 'macro AUROC', accuracy: 'accuracy' },
  number: { r2: 'R²', mae: 'MAE', rmse: 'RMSE' },
};

const cells = (figures: Figures, names: readonly string[]): string[] =>
  names.map((name) => withInterval(figures[name]));

/** The model, its baselines, and how far apart they are. */
export function comparisonTable({ evaluation, promotion }: ModelCard): string {
  const known = headings[evaluation.kind];
  const names = Object.keys(known);
  const rows = evaluation.baselines.flatMap(({ name, label, figures, difference }) => [
    [
      `${escaped(label)}${name === promotion.baseline ? ' <span class="quiet">(declared baseline)</span>' : ''}`,
      ...cells(figures, names),
    ],
    [`<span class="quiet">model − ${escaped(label)}</span>`, ...cells(difference, names)],
  ]);
  return table({
    caption: 'Figures with 95 % intervals, on rows of patients that the model had not seen',
    head: ['prediction', ...Object.values(known)],
    rows: [['<strong>Model</strong>', ...cells(evaluation.figures, names)], ...rows],
  });
}

export function foldTable({ evaluation }: ModelCard): string {
  if (evaluation.folds.length === 0) return '';
  const known = headings[evaluation.kind];
  const rows = evaluation.folds.map(({ fold, rows, figures }) => [
    `${fold + 1}`,
    counted(rows),
    ...Object.keys(known).map((name) => {
      const found = (figures as Figures)[name];
      return found ? decimal(found.value) : '–';
    }),
  ]);
  return table({ caption: 'Fold by fold', head: ['fold', 'rows', ...Object.values(known)], rows });
}

export function groupTables({ evaluation }: ModelCard): string {
  if (evaluation.kind === 'binary') return evaluation.groups.map(binaryGroup).join('\n');
  const known = headings[evaluation.kind];
  const groups: ClassEvaluation['groups'] | NumberEvaluation['groups'] = evaluation.groups;
  return groups
    .map(({ label, levels }) =>
      table({
        caption: label,
        head: ['group', 'rows', 'patients', ...Object.values(known), 'note'],
        words: [Object.keys(known).length + 3],
        rows: levels.map(({ level, rows, patients, figures, why }) => [
          escaped(level),
          rows === null ? '< 11' : counted(rows),
          patients === null ? '< 11' : counted(patients),
          ...Object.keys(known).map((name) => withInterval((figures as Figures | null)?.[name])),
          escaped(why ?? ''),
        ]),
      }),
    )
    .join('\n');
}

const binaryGroup = ({ label, levels }: BinaryEvaluation['groups'][number]): string =>
  table({
    caption: label,
    head: ['group', 'rows', 'patients', 'observed', 'predicted', 'AUROC', 'Brier', 'slope', 'intercept', 'note'],
    words: [9],
    rows: levels.map(({ level, rows, patients, figures, why }) => [
      escaped(level),
      rows === null ? '< 11' : counted(rows),
      patients === null ? '< 11' : counted(patients),
      figures ? percent(figures.prevalence) : '–',
      figures ? percent(figures.predicted) : '–',
      withInterval(figures?.figures.auroc),
      withInterval(figures?.figures.brier),
      withInterval(figures?.figures.slope),
      withInterval(figures?.figures.intercept),
      escaped(why ?? ''),
    ]),
  });

const shareOrNone = (value: number | null): string => (value === null ? '–' : percent(value));

export const thresholdTableOf = ({ thresholds }: BinaryEvaluation): string =>
  table({
    caption: 'What alerting the patients of highest risk would mean',
    head: [
      'alerts per 100',
      'probability from',
      'sensitivity',
      'specificity',
      'PPV',
      'NPV',
      'right alerts',
      'false alerts',
      'missed',
      'rightly left',
    ],
    rows: thresholds.map((row) => [
      decimal(row.alerts_per_100, 1),
      percent(row.threshold),
      shareOrNone(row.sensitivity),
      shareOrNone(row.specificity),
      shareOrNone(row.ppv),
      shareOrNone(row.npv),
      counted(row.true_positives),
      counted(row.false_positives),
      counted(row.false_negatives),
      counted(row.true_negatives),
    ]),
  });

export const calibrationTable = ({ calibration_curve: curve }: BinaryEvaluation): string =>
  table({
    caption: 'Calibration, by groups of rising predicted probability',
    head: ['predicted', 'observed', 'rows', 'with the outcome'],
    rows: curve.map(({ predicted, observed, rows, events }) => [
      percent(predicted),
      `${percent(observed.value)}<br><span class="quiet">${percent(observed.low ?? 0)} to ${percent(observed.high ?? 1)}</span>`,
      counted(rows),
      counted(events),
    ]),
  });

export function classTables({ classes, confusion }: ClassEvaluation): string {
  const each = table({
    caption: 'Each class against the rest',
    head: ['class', 'rows', 'observed', 'predicted', 'AUROC', 'slope', 'intercept'],
    rows: classes.map(({ name, rows, share, predicted, auroc, slope, intercept }) => [
      escaped(name),
      counted(rows),
      percent(share),
      percent(predicted),
      withInterval(auroc),
      withInterval(slope),
      withInterval(intercept),
    ]),
  });
  const matrix = table({
    caption: 'Confusion matrix: what happened in lines, the most probable class in columns',
    head: ['what happened', ...classes.map(({ name }) => escaped(name))],
    rows: confusion.map((line, number) => [escaped(classes[number]?.name ?? ''), ...line.map(counted)]),
  });
  return `${each}\n${matrix}`;
}
