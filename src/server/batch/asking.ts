// A batch on its way: cut into parts, the patients of the published run looked up, each part answered in its turn.
import { CarelakeError } from '../../errors.js';
import type { ModelName } from '../../models/plan.js';
import { modelNames } from '../../models/plans.js';
import type { Known, Predictor, PublishedRows } from '../../models/predict/predictor.js';
import type { ServedModel } from '../../models/predict/served.js';
import { askedPatient } from '../answer/asked-patient.js';
import { type Asked, type Batch, type Refusal, refusalOf } from './order.js';

/** Patients of a part. */
const atOnce = 250;

type Served = Readonly<Record<ModelName, ServedModel | Refusal>>;

export interface Asking {
  readonly predictor: Predictor;
  readonly batch: Batch;
  readonly published: PublishedRows;
  readonly signal: AbortSignal;
}

/** The answers to all bodies, in their order, as parts of a JSON list; by the same versions from the first to the last. */
export async function answersTo(bodies: readonly unknown[], asking: Asking): Promise<Uint8Array[]> {
  const { predictor, batch, signal } = asking;
  const served = await byModel((name) => refused(() => predictor.served(name)));
  const versions = await byModel(async (name) => {
    const one = served[name];
    return 'code' in one ? one : one.version;
  });
  const texts: Uint8Array[] = [];
  for (let from = 0; from < bodies.length; from += atOnce) {
    signal.throwIfAborted();
    const asked = await looked(bodies.slice(from, from + atOnce), served, asking);
    texts.push(await batch.answer({ versions, asked }));
  }
  return texts;
}

async function looked(
  bodies: readonly unknown[],
  served: Served,
  { predictor, published }: Asking,
): Promise<readonly Asked[]> {
  const named = await Promise.all(bodies.map((body) => refused(async () => ({ patient: askedPatient(body) }))));
  const patients = named.flatMap((one) => ('patient' in one && one.patient !== undefined ? [one.patient] : []));
  const known = await byModel(async (name): Promise<readonly Known[] | Refusal> => {
    const model = served[name];
    if ('code' in model) return model;
    return patients.length === 0 ? [] : refused(() => predictor.known(model, patients, published));
  });
  let next = 0;
  return named.map((one, row): Asked => {
    if ('code' in one) return one;
    if (one.patient === undefined) return { fields: bodies[row] };
    const place = next++;
    return {
      patient: one.patient,
      known: mapped((name) => {
        const found = known[name];
        if ('code' in found) return found;
        const own = found[place] as Known;
        return 'failure' in own ? refusalOf(own.failure) : own;
      }),
    };
  });
}

async function refused<Result>(work: () => Promise<Result>): Promise<Result | Refusal> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CarelakeError && error.entry.status < 500) return refusalOf(error);
    if (error instanceof CarelakeError && error.code === 'MODEL_NOT_SERVED') return refusalOf(error);
    throw error;
  }
}

const mapped = <Value>(of: (name: ModelName) => Value): Record<ModelName, Value> =>
  Object.fromEntries(modelNames.map((name) => [name, of(name)])) as Record<ModelName, Value>;

async function byModel<Value>(of: (name: ModelName) => Promise<Value>): Promise<Record<ModelName, Value>> {
  const found = await Promise.all(modelNames.map(async (name) => [name, await of(name)] as const));
  return Object.fromEntries(found) as Record<ModelName, Value>;
}
