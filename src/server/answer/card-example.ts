// The card of a model as the description shows it: with the words that the catalog has for it, and figures that agree with
// each other.
import { features } from '../../catalog/features.js';
import { models } from '../../catalog/models.js';
import { cardFormat, type ModelCard } from '../../models/card/schema.js';
import { asOfExample } from './as-of.js';

const words = models.find(({ name }) => name === 'progression');

const figure = (value: number, low: number | null = null, high: number | null = null) => ({ value, low, high });

/** Of the log loss of 0.9503 that the shares of the classes have. */
const figures = {
  log_loss: figure(0.742, 0.718, 0.767),
  skill: figure(0.219, 0.195, 0.243),
  macro_auroc: figure(0.741, 0.722, 0.759),
  accuracy: figure(0.692, 0.674, 0.709),
};

const evaluation: ModelCard['evaluation'] = {
  kind: 'classes',
  ...{ rows: 3000, patients: 1200, figures },
  baselines: [
    {
      name: 'class shares by severity',
      label: 'the shares of the classes given the present severity',
      figures: {
        log_loss: figure(0.801, 0.778, 0.825),
        skill: figure(0.157, 0.134, 0.18),
        macro_auroc: figure(0.688, 0.668, 0.708),
        accuracy: figure(0.648, 0.629, 0.666),
      },
      difference: {
        log_loss: figure(-0.059, -0.078, -0.041),
        skill: figure(0.062, 0.043, 0.082),
        macro_auroc: figure(0.053, 0.036, 0.071),
        accuracy: figure(0.044, 0.027, 0.061),
      },
    },
  ],
  folds: [0.739, 0.751, 0.728, 0.746, 0.746].map((loss, fold) => ({
    fold,
    rows: 600,
    figures: { log_loss: figure(loss), skill: null, macro_auroc: null, accuracy: null },
  })),
  classes: [
    {
      ...{ name: 'worsening', rows: 600, share: 0.2, predicted: 0.202 },
      ...{ auroc: figure(0.768, 0.744, 0.791), slope: figure(1.03, 0.93, 1.14), intercept: figure(0.02, -0.08, 0.12) },
      calibration_curve: [
        { rows: 1500, events: 120, predicted: 0.082, observed: figure(0.08, 0.067, 0.095) },
        { rows: 1500, events: 480, predicted: 0.322, observed: figure(0.32, 0.297, 0.344) },
      ],
    },
  ],
  confusion: [
    [210, 360, 30],
    [90, 1620, 90],
    [24, 330, 246],
  ],
  groups: [
    {
      name: 'age_group',
      label: 'Age group',
      levels: [
        { level: '65+', rows: 1640, patients: 610, figures, why: null },
        { level: '0-17', rows: null, patients: null, figures: null, why: 'fewer than 11 patients' },
      ],
    },
  ],
  bootstrap: { replicates: 1000, seed: 1 },
};

export const cardExample: ModelCard = {
  ...{ format: cardFormat, model: 'progression', version: '000001-0f3a6c1be2d4', title: words?.title ?? '' },
  ...{ source: 'default', trained_at: '2026-03-01T08:20:00.000Z', intended_use: words?.intendedUse ?? '' },
  limits: [...(words?.limits ?? [])],
  label: {
    name: 'severity at the next visit within 365 days',
    definition: 'Improving: lower by 2 or more; worsening: higher by 2 or more, or death; else stable.',
    ...{ moment: 'One row for every visit with a severity score, when it ends.', horizon_days: 365 },
  },
  population: {
    definition: 'One row for every visit with a severity score, when it ends.',
    ...{ exclusions: [], period: { from: '2023-01-01', to: '2025-02-28' } },
  },
  provenance: {
    run: asOfExample.run,
    data_digest: '3b1f0c77a9d24e5680f1c2d33b1f0c77a9d24e5680f1c2d33b1f0c77a9d24e56',
    feature_schema_hash: '80f1c2d33b1f0c77a9d24e5680f1c2d33b1f0c77a9d24e5680f1c2d33b1f0c77',
    catalog_hash: 'a9d24e5680f1c2d33b1f0c77a9d24e5680f1c2d33b1f0c77a9d24e5680f1c2d3',
    ...{ code_version: '1.0.0', seed: 1 },
  },
  split: { by: 'patient', folds: 5, cutoff: null },
  algorithm: {
    ...{ name: 'Boosting', parameters: { trees: 240, learningRate: 0.05 }, class_weights: null },
    why: 'It has the least loss of all that were tried.',
  },
  tried: [
    { algorithm: 'Logistic regression', parameters: { l2: 30 }, loss: 0.768, standard_error: 0.004, chosen: false },
    {
      ...{ algorithm: 'Boosting', parameters: { trees: 240, learningRate: 0.05 }, loss: 0.742, standard_error: 0.004 },
      chosen: true,
    },
  ],
  loss: 'mean log loss of the folds',
  calibration: {
    map: { kind: 'temperature', slope: 0.97 },
    tried: [
      { kind: 'none', log_loss: 0.743 },
      { kind: 'temperature', log_loss: 0.742 },
    ],
  },
  features: features
    .filter(({ name }) => name === 'severity_score' || name === 'age')
    .map(({ name, label, unit = null, definition }) => ({ name, label, unit, definition, importance: 0.021 })),
  ...{ evaluation, in_time: null, capacity: null },
  baseline_notes: ['The shares of the classes among visits of the same severity in whole points.'],
  promotion: {
    ...{ promoted: true, baseline: 'class shares by severity' },
    reason: 'For use: it predicts better than the shares of the classes given the present severity.',
  },
};
