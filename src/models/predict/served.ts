// A version of a model as it answers: opened from the lake, and looked for anew with each question, so that a promotion is
// picked up without a restart.
import { CarelakeError } from '../../errors.js';
import { parseJson } from '../../lake/json.js';
import type { Lake } from '../../lake/lake.js';
import type { ModelCard } from '../card/schema.js';
import type { Distribution } from '../drift/reference.js';
import type { SourceFacts } from '../features/facts.js';
import type { FeatureSchema } from '../features/schema.js';
import { decode, type Model } from '../learn/index.js';
import type { ModelName } from '../plan.js';
import { readCard, readModelFile, readServed, type Served, versionsOf } from '../registry.js';

/** serving.json: what a question goes through beside the model itself. */
export interface Serving {
  readonly format: 1;
  readonly schema: FeatureSchema;
  /** What the plan was made from, to make it again. */
  readonly facts: SourceFacts;
  /** The inputs in training, in the order of the schema. */
  readonly inputs: readonly Distribution[];
}

export interface ServedModel<Name extends ModelName = ModelName> {
  readonly name: Name;
  readonly version: string;
  readonly card: ModelCard;
  readonly serving: Serving;
  readonly model: Model;
}

/** Opens each version once, and keeps the last of each model. */
export function servedModels(lake: Lake) {
  const opened = new Map<ModelName, ServedModel>();
  return {
    async get<Name extends ModelName>(name: Name, wanted?: string): Promise<ServedModel<Name>> {
      const version = wanted ?? (await requireServed(lake, name)).version;
      const known = opened.get(name);
      if (known?.version === version) return known as ServedModel<Name>;
      const found = await openVersion(lake, name, version);
      opened.set(name, found);
      return found;
    },
  };
}

/** @throws MODEL_NOT_SERVED, with what is known of the newest version */
export async function requireServed(lake: Lake, name: ModelName): Promise<Served> {
  const served = await readServed(lake, name);
  if (served) return served;
  throw await notServed(lake, name);
}

/** @throws MODEL_UNKNOWN */
export async function openVersion<Name extends ModelName>(
  lake: Lake,
  name: Name,
  version: string,
): Promise<ServedModel<Name>> {
  const card = await readCard(lake, name, version);
  const [serving, bytes] = await Promise.all([
    readModelFile(lake, name, version, 'serving.json'),
    readModelFile(lake, name, version, 'model.bin'),
  ]);
  return { name, version, card, serving: parseJson<Serving>(`${name} serving.json`, serving), model: decode(bytes) };
}

async function notServed(lake: Lake, name: ModelName): Promise<CarelakeError> {
  const [newest] = await versionsOf(lake, name);
  const why = newest
    ? `Its newest version, ${newest}: ${(await readCard(lake, name, newest)).promotion.reason}`
    : 'None has been trained.';
  return new CarelakeError('MODEL_NOT_SERVED', `No version of ${name} is served. ${why}`);
}
