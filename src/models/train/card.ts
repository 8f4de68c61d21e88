// The card of a training: everything that it found, said of itself.
import { models } from '../../catalog/models.js';
import { cardFormat, type ModelCard } from '../card/schema.js';
import { mean, standardError } from '../evaluate/proposal.js';
import type { Matrix } from '../features/matrix.js';
import { catalogFeature, type FeatureSchema } from '../features/schema.js';
import type { ModelPlan } from '../plan.js';
import { algorithms } from './algorithms.js';
import type { Trained, TrainOptions } from './train.js';

export interface Provenance {
  readonly version: string;
  /** The published run. */
  readonly run: string;
  readonly dataDigest: string;
  readonly codeVersion: string;
  readonly trainedAt: Date;
  /** Cases that were not drawn, where fewer than all were asked for. */
  readonly leftOut: number;
  /** Of the scores beside the declared baseline. */
  readonly scoreNotes: readonly string[];
}

export function cardOf(
  trained: Trained,
  plan: ModelPlan,
  schema: FeatureSchema,
  matrix: Matrix,
  options: TrainOptions,
  { version, run, dataDigest, codeVersion, trainedAt, leftOut, scoreNotes }: Provenance,
): ModelCard {
  const text = models.find(({ name }) => name === plan.model);
  if (!text) throw new Error(`The catalog says nothing of the model ${plan.model}.`);
  const { chosen, tried, calibration, evaluation, inTime, capacity, promotion, importance } = trained;
  return {
    format: cardFormat,
    model: plan.model,
    version,
    title: text.title,
    source: plan.source,
    trained_at: trainedAt.toISOString(),
    intended_use: text.intendedUse,
    limits: [...text.limits, ...limitsOf(plan)],
    label: {
      name: plan.label.name,
      definition: plan.label.definition,
      moment: plan.moment,
      horizon_days: plan.label.days,
    },
    population: {
      definition: plan.moment,
      exclusions: leftOut > 0 ? [{ reason: 'not drawn: fewer cases were asked for', rows: leftOut }] : [],
      period: periodOf(matrix.day),
    },
    provenance: {
      run,
      data_digest: dataDigest,
      feature_schema_hash: schema.hash,
      catalog_hash: schema.catalogHash,
      code_version: codeVersion,
      seed: options.seed,
    },
    split: {
      by: inTime ? 'patient and time' : 'patient',
      folds: options.folds,
      cutoff: inTime && dateOf(inTime.cutoff),
    },
    algorithm: {
      name: chosen.algorithm.label,
      parameters: { ...chosen.parameters },
      why: whyChosen(trained),
      class_weights: options.balance ?? null,
    },
    tried: tried.map(({ algorithm, parameters, losses }) => ({
      algorithm: algorithm.label,
      parameters: { ...parameters },
      loss: mean(losses),
      standard_error: standardError(losses),
      chosen: algorithm === chosen.algorithm && parameters === chosen.parameters,
    })),
    searched: algorithms
      .filter(({ name }) => options.algorithms.includes(name))
      .map(({ label, usual, ranges }) => ({ algorithm: label, usual: { ...usual }, ranges: { ...ranges } })),
    loss: 'mean log loss of the folds',
    calibration: { map: calibration.map, tried: [...calibration.tried] },
    features: schema.features.map(({ name, unit, definition }) => ({
      name,
      label: catalogFeature(name)?.label ?? name,
      unit,
      definition,
      importance: importance.get(name) ?? null,
    })),
    evaluation,
    in_time: inTime ? inTime.evaluation : null,
    baseline_notes: [plan.baseline.definition, ...(plan.baseline.approximate ?? []), ...scoreNotes, ...notesOf(plan)],
    capacity,
    promotion,
  };
}

/** Of the baselines beside the declared one. */
const notesOf = ({ unchanged }: ModelPlan): string[] =>
  unchanged === undefined
    ? []
    : [
        `Carried forward: the state stays as it is, "${unchanged}", said with certainty; its log loss is that of clipped probabilities, and its accuracy is what compares.`,
      ];

/** What the label itself cannot show. */
const limitsOf = ({ facts }: ModelPlan): string[] =>
  facts.dated
    ? []
    : ['The source has no dates: nothing is known of seasons, of time between visits, or of how the model ages.'];

function whyChosen({ chosen, tried }: Trained): string {
  const best = tried.reduce((least, one) => (mean(one.losses) < mean(least.losses) ? one : least));
  if (best.algorithm === chosen.algorithm) return 'It has the least loss of all that were tried.';
  return `It is the simplest whose loss is within one standard error of the least, that of ${best.algorithm.label.toLowerCase()}.`;
}

function periodOf(day: Int32Array): { from: string | null; to: string | null } {
  const known = day.filter((one) => one >= 0);
  if (known.length === 0) return { from: null, to: null };
  return { from: dateOf(known.reduce((a, b) => Math.min(a, b))), to: dateOf(known.reduce((a, b) => Math.max(a, b))) };
}

const dateOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);
