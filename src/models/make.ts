// From a published run to a stored version of a model: which source, its cases, the training, the card, the promotion.
import { createHash } from 'node:crypto';
import { digest } from '../engine/digest.js';
import type { Engine } from '../engine/engine.js';
import type { RawInput, Step } from '../engine/step.js';
import { CarelakeError } from '../errors.js';
import type { Lake } from '../lake/lake.js';
import { cardHtml } from './card/html.js';
import type { ModelCard } from './card/schema.js';
import { distributionOf } from './drift/reference.js';
import { trainingStep } from './features/compile.js';
import { type ModelTable, type SourceFacts, sourceFacts } from './features/facts.js';
import { fitSchema } from './features/fit-schema.js';
import { readMatrix } from './features/matrix.js';
import type { ModelName, ModelPlan } from './plan.js';
import { planOf } from './plans.js';
import type { Serving } from './predict/served.js';
import { promote, readCard, storeVersion, versionsOf } from './registry.js';
import { type HospitalTables, hospitalItems } from './scores/hospital-items.js';
import { cardOf } from './train/card.js';
import { hospitalScores } from './train/hospital-column.js';
import { sampled } from './train/sample.js';
import { type TrainOptions, train } from './train/train.js';

/** The published run as models read it; handed in by whoever knows the pipeline. */
export interface PublishedRun {
  /** Reads Parquet files of this machine. */
  readonly engine: Engine;
  readonly run: string;
  /** YYYY-MM-DD */
  readonly asOf: string;
  /** The Parquet files of a published table. */
  readonly paths: Readonly<Record<ModelTable, readonly string[]>>;
  /** The same as inputs of a step. */
  readonly inputs: Readonly<Record<ModelTable, readonly RawInput[]>>;
  /** The same of what scores in use are read from. */
  readonly scored: HospitalTables;
  /** Makes the step where it is not made yet; returns its Parquet files. */
  readonly make: (step: Step) => Promise<readonly string[]>;
}

export interface MakeOptions extends TrainOptions {
  /** Which source to learn from; where not given, the one with the most visits that shows the outcome. */
  readonly source?: string;
  /** Learns from no more cases; all where not given. */
  readonly most?: number;
  readonly codeVersion: string;
  readonly now: Date;
}

export interface Made {
  readonly card: ModelCard;
  /** The same data, settings and code had made this version already. */
  readonly reused: boolean;
}

/**
 * @throws MODEL_NO_OUTCOME, MODEL_TOO_FEW, MODEL_SOURCE_UNKNOWN
 */
export async function makeModel(
  name: ModelName,
  lake: Lake,
  published: PublishedRun,
  options: MakeOptions,
): Promise<Made> {
  const { engine } = published;
  const facts = await sourceFacts(engine, published.paths, published.asOf);
  const plan = choosePlan(name, facts, options.source);
  const paths = await published.make(trainingStep(plan, published.inputs));
  const schema = await fitSchema(plan, engine, paths);
  const dataDigest = await digest(engine, paths);
  const before = await versionsOf(lake, name);
  const laboratory =
    name === 'readmission' && plan.facts.dated ? await hospitalItems(engine, published.scored, plan.source) : undefined;
  const measured = laboratory && laboratory.size > 0 ? [...laboratory].sort(([a], [b]) => (a < b ? -1 : 1)) : undefined;
  const made = digestOf({ dataDigest, schema: schema.hash, ...settingsOf(options), measured });
  const known = before.find((version) => version.endsWith(`-${made}`));
  if (known) {
    const card = await readCard(lake, name, known);
    if (card.promotion.promoted) await promote(lake, name, known, options.now);
    return { card, reused: true };
  }

  const all = await readMatrix(schema, engine, paths);
  const matrix = options.most === undefined ? all : sampled(all, options.most, options.seed);
  const { scores, notes: scoreNotes } = hospitalScores(plan, schema, matrix, laboratory);
  const trained = await train(plan, schema, matrix, options, scores);
  // Asked again: another training may have ended meanwhile.
  const [newest] = await versionsOf(lake, name);
  const version = `${String(numberOf(newest) + 1).padStart(6, '0')}-${made}`;
  const { codeVersion, now: trainedAt } = options;
  const card = cardOf(trained, plan, schema, matrix, options, {
    version,
    run: published.run,
    dataDigest,
    codeVersion,
    trainedAt,
    leftOut: all.rows - matrix.rows,
    scoreNotes,
  });
  const inputs = matrix.columns.map((column, at) =>
    distributionOf(column, schema.features[at]?.dictionary?.length ?? 0),
  );
  await storeVersion(lake, card, {
    'model.bin': trained.model.encode(),
    'serving.json': JSON.stringify({ format: 1, schema, facts: plan.facts, inputs } satisfies Serving),
    'card.html': cardHtml(card),
  });
  if (card.promotion.promoted) await promote(lake, name, version, options.now);
  return { card, reused: false };
}

/** @throws the refusal of the source that was asked for, or of each there is. */
function choosePlan(name: ModelName, facts: readonly SourceFacts[], wanted?: string): ModelPlan {
  const candidates = [...facts]
    .filter(({ source }) => wanted === undefined || source === wanted)
    .sort((a, b) => b.visits - a.visits);
  if (candidates.length === 0) {
    const known = facts.map(({ source }) => source).join(', ') || 'none';
    throw new CarelakeError(
      'MODEL_SOURCE_UNKNOWN',
      wanted === undefined
        ? 'The published run has no visits to learn from.'
        : `The published run has no visits of the source ${wanted}; it has: ${known}.`,
    );
  }
  const refusals: CarelakeError[] = [];
  for (const one of candidates) {
    try {
      return planOf(name, one);
    } catch (error) {
      if (!(error instanceof CarelakeError) || error.code !== 'MODEL_NO_OUTCOME') throw error;
      refusals.push(error);
    }
  }
  throw new CarelakeError('MODEL_NO_OUTCOME', refusals.map(({ message }) => message).join('\n'));
}

/** What decides about a model beside its data. */
const settingsOf = ({ algorithms, trials, folds, seed, balance, most, codeVersion }: MakeOptions) => ({
  algorithms,
  trials,
  folds,
  seed,
  balance,
  most,
  codeVersion,
});

const digestOf = (content: object): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 12);

const numberOf = (version: string | undefined): number => (version === undefined ? 0 : Number(version.split('-')[0]));
