// Gives kept predictions of known patients the outcome that a published run shows, once the days that they speak of are over.
import { CarelakeError } from '../../errors.js';
import { parseJson } from '../../lake/json.js';
import type { Lake } from '../../lake/lake.js';
import { sourceFacts } from '../features/facts.js';
import type { ModelName } from '../plan.js';
import { modelNames, planOf } from '../plans.js';
import type { PublishedRows } from '../predict/predictor.js';
import type { Serving } from '../predict/served.js';
import { readModelFile } from '../registry.js';
import { followed, type PredictedCase } from './follow.js';
import { caseOf, inTurns, type KeptPrediction, type KeptPredictions, type NewOutcome } from './kept.js';

/** Predictions that are looked after at once. */
const atOnce = 5000;

/** A run, whose tables are fetched only where a prediction waits for its outcome. */
export interface LaterRun {
  readonly run: string;
  published(): Promise<PublishedRows>;
}

/** @returns How many predictions have an outcome now that had none. */
export async function maturePredictions(
  lake: Lake,
  { run, published: open }: LaterRun,
  kept: KeptPredictions,
  now: Date,
): Promise<number> {
  const servings = new Map<string, Serving | null>();
  const servingOf = async (model: ModelName, version: string): Promise<Serving | null> => {
    const name = `${model}/${version}`;
    const known = servings.get(name);
    if (known !== undefined) return known;
    const found = await servingFile(lake, model, version);
    servings.set(name, found);
    return found;
  };
  const reading = once(async () => {
    const published = await open();
    return { published, facts: await sourceFacts(published.engine, published.paths, published.asOf) };
  });

  async function outcomesOf(model: ModelName, some: readonly KeptPrediction[]): Promise<NewOutcome[]> {
    const bySource = new Map<string, { readonly prediction: string; readonly about: PredictedCase }[]>();
    for (const one of some) {
      const source = (await servingOf(model, one.version))?.schema.source;
      const about = caseOf(one);
      if (source === undefined || !about) continue;
      bySource.set(source, [...(bySource.get(source) ?? []), { prediction: one.id, about }]);
    }
    const found: NewOutcome[] = [];
    for (const [source, asked] of bySource) {
      const { published, facts } = await reading();
      const plan = planHere(
        model,
        facts.find((one) => one.source === source),
      );
      if (!plan) continue;
      const cases = asked.map(({ about }) => about);
      const labels = await followed(plan, published, cases);
      for (const { prediction, about } of asked) {
        const label = labels.get(about.id);
        if (label === undefined) continue;
        const value = label === null || plan.task === 'binary' ? label : (plan.classes[label] ?? null);
        found.push({ prediction, value, run, at: now.toISOString() });
      }
    }
    return found;
  }

  let matured = 0;
  for (const model of modelNames) {
    // Read to the end before anything is written: what is written leaves the list that is read.
    const outcomes: NewOutcome[] = [];
    for await (const some of inParts(inTurns(kept.read({ model, matured: false, known: true })))) {
      outcomes.push(...(await outcomesOf(model, some)));
    }
    matured += await kept.mature(outcomes);
  }
  return matured;
}

/** Undefined where the run cannot show the outcome of this source any more. */
function planHere(model: ModelName, facts: Parameters<typeof planOf>[1] | undefined) {
  if (!facts) return undefined;
  try {
    return planOf(model, facts);
  } catch (error) {
    if (error instanceof CarelakeError && error.code === 'MODEL_NO_OUTCOME') return undefined;
    throw error;
  }
}

/** Null where the version is gone. */
async function servingFile(lake: Lake, model: ModelName, version: string): Promise<Serving | null> {
  try {
    return parseJson<Serving>('serving.json', await readModelFile(lake, model, version, 'serving.json'));
  } catch (error) {
    if (error instanceof CarelakeError && error.code === 'LAKE_NOT_FOUND') return null;
    throw error;
  }
}

function once<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let done: Promise<Result> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}

async function* inParts<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item[]> {
  let some: Item[] = [];
  for await (const item of items) {
    some.push(item);
    if (some.length < atOnce) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}
