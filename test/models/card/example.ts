// A card as training would write it: figures of drawn outcomes, so that every plot has something to show.
import { calibratedAll } from '../../../src/models/calibrate/map.js';
import { recalibratedScore } from '../../../src/models/calibrate/recalibrated-score.js';
import type { ModelCard } from '../../../src/models/card/schema.js';
import { cardFormat } from '../../../src/models/card/schema.js';
import { evaluateBinary } from '../../../src/models/evaluate/binary.js';
import { capacityOf } from '../../../src/models/evaluate/capacity.js';
import { splitsByPatient } from '../../../src/models/evaluate/folds.js';
import { gate } from '../../../src/models/evaluate/gate.js';
import { probabilityOf } from '../../../src/models/evaluate/log-odds.js';
import { outOfFold } from '../../../src/models/evaluate/out-of-fold.js';
import { drawing } from '../../../src/models/evaluate/random.js';
import { evaluateClasses } from '../../../src/models/evaluate/several-classes.js';

const rows = 4000;
const random = drawing(41, 0);
const uniform = () => random(2 ** 32) / 2 ** 32;
const normal = () => uniform() + uniform() + uniform() + uniform() - 2;
const truth = Float64Array.from({ length: rows }, () => -2.2 + 1.6 * normal());
const outcome = Uint8Array.from(truth, (at) => (uniform() < probabilityOf(at) ? 1 : 0));
const patient = Int32Array.from({ length: rows }, (_, row) => row % 2600);
const fold = patient.map((who) => who % 5);
const probability = calibratedAll({ kind: 'none' }, truth);
const score = truth.map((at) => Math.round(at + 2 * normal()) + 9);
const lace = outOfFold(splitsByPatient(fold, 5), rows, 1, recalibratedScore({ outcome, score }));
const prevalence = outcome.reduce((sum, event) => sum + event, 0) / rows;
const code = (share: number) => patient.map((who) => (who === 0 ? -1 : (who % 97) / 97 < share ? 0 : 1));
const groups = [
  { name: 'age_group', label: 'Age group', levels: ['18-34', '65+'], code: code(0.02) },
  { name: 'sex', label: 'Sex', levels: ['Female', 'Male'], code: code(0.52) },
  { name: 'race', label: 'Race', levels: ['A <group> & "more"', 'Other'], code: code(0.8) },
];

const evaluation = evaluateBinary({
  outcome,
  probability,
  patient,
  fold,
  baselines: [
    { name: 'lace', label: 'LACE, recalibrated', prediction: lace },
    { name: 'prevalence', label: 'Prevalence', prediction: new Float64Array(rows).fill(prevalence) },
  ],
  groups,
  seed: 41,
  replicates: 100,
});

export const readmissionCard: ModelCard = {
  format: cardFormat,
  model: 'readmission',
  version: '20260701T120000-5f2c',
  title: 'Unplanned readmission within 30 days of discharge',
  source: 'default',
  trained_at: '2026-07-01T12:00:00Z',
  intended_use:
    'To choose, at discharge from an inpatient stay, which patients are followed up first. It supports a decision and makes none.',
  limits: [
    'Learned from one source; elsewhere it must be evaluated again.',
    'Admissions to other hospitals are not seen.',
  ],
  label: {
    name: 'unplanned readmission',
    definition: 'The first admission within 30 days after discharge, where it is unplanned.',
    moment: 'At discharge of an index stay.',
    horizon_days: 30,
  },
  population: {
    definition: 'One row for every index stay.',
    exclusions: [
      { reason: 'died in hospital', rows: 123 },
      { reason: 'followed up for less than 30 days', rows: 88 },
    ],
    period: { from: '2023-01-01', to: '2026-05-31' },
  },
  provenance: {
    run: '2026-07-01T11-58-00Z-ab12',
    data_digest: 'd41d8cd98f00b204e9800998ecf8427ed41d8cd98f00b204e9800998ecf8427e',
    feature_schema_hash: '9e107d9d372bb6826bd81d3542a419d69e107d9d372bb6826bd81d3542a419d6',
    catalog_hash: 'e4d909c290d0fb1ca068ffaddf22cbd0e4d909c290d0fb1ca068ffaddf22cbd0',
    code_version: '0.1.0',
    seed: 41,
  },
  split: { by: 'patient', folds: 5, cutoff: null },
  algorithm: {
    name: 'boosting',
    parameters: { trees: 240, learningRate: 0.05, maxLeaves: 15, l2: 10 },
    why: 'No simpler one is within one standard error of its log loss.',
    class_weights: null,
  },
  tried: [
    { algorithm: 'logistic', parameters: { l2: 1 }, loss: 0.361, standard_error: 0.004, chosen: false },
    {
      algorithm: 'boosting',
      parameters: { trees: 240, learningRate: 0.05 },
      loss: 0.349,
      standard_error: 0.004,
      chosen: true,
    },
  ],
  searched: [
    { algorithm: 'logistic', usual: { l2: 30 }, ranges: { l2: { from: 0.01, to: 1000, scale: 'log' } } },
    {
      algorithm: 'boosting',
      usual: { maxLeaves: 31 },
      ranges: { maxLeaves: { from: 4, to: 64, scale: 'log', whole: true } },
    },
  ],
  loss: 'log loss',
  calibration: {
    map: { kind: 'platt', slope: 0.97, intercept: -0.04 },
    tried: [
      { kind: 'none', log_loss: 0.3502 },
      { kind: 'platt', log_loss: 0.3494 },
      { kind: 'isotonic', log_loss: 0.3501 },
    ],
  },
  features: [
    {
      name: 'prior_inpatient',
      label: 'Inpatient stays in the year before',
      unit: 'count',
      definition: 'Stays that ended before admission.',
      importance: 0.021,
    },
    {
      name: 'length_of_stay',
      label: 'Length of stay',
      unit: 'days',
      definition: 'Nights in hospital.',
      importance: 0.013,
    },
    { name: 'age', label: 'Age at the visit', unit: 'years', definition: 'Completed years.', importance: 0.006 },
    { name: 'bmi', label: 'Body mass index', unit: 'kg/m2', definition: 'At registration.', importance: -0.0004 },
    { name: 'race', label: 'Race', unit: null, definition: 'As recorded.', importance: null },
  ],
  evaluation,
  in_time: null,
  baseline_notes: ['LACE: emergency visits are counted over 180 days instead of 6 months.'],
  capacity: capacityOf(probability),
  promotion: gate(evaluation, 'lace'),
};

const classes = ['improving', 'stable', 'worsening'];
const happened = Uint8Array.from(truth, (at) => (uniform() < 0.3 ? random(3) : at < -3 ? 0 : at < -1.4 ? 1 : 2));
const three = Float64Array.from({ length: 3 * rows }, (_, at) => {
  const likely = (truth[Math.floor(at / 3)] as number) < -3 ? 0 : (truth[Math.floor(at / 3)] as number) < -1.4 ? 1 : 2;
  return likely === at % 3 ? 0.8 : 0.1;
});
const counts = classes.map((_, number) => happened.filter((own) => own === number).length);
const shares = Float64Array.from({ length: 3 * rows }, (_, at) => (counts[at % 3] as number) / rows);
const ofClasses = evaluateClasses({
  classes,
  outcome: happened,
  probability: three,
  patient,
  fold,
  baselines: [{ name: 'severity', label: 'Class shares given present severity', prediction: shares }],
  groups,
  seed: 41,
  replicates: 50,
});

export const progressionCard: ModelCard = {
  ...readmissionCard,
  model: 'progression',
  title: 'Severity at the next visit within 365 days against now',
  label: {
    name: 'progression',
    definition: 'Improving: lower by 2 or more; worsening: higher by 2 or more, or death; else stable.',
    moment: 'At the visit.',
    horizon_days: 365,
  },
  calibration: null,
  capacity: null,
  evaluation: ofClasses,
  promotion: gate(ofClasses, 'severity'),
};
