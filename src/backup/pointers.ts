// What the small files that are swapped lead to: the published run with the files of its steps, and each model that is served.
import { CarelakeError } from '../errors.js';
import { inParallel } from '../in-parallel.js';
import type { Lake } from '../lake/lake.js';
import { readServed } from '../models/registry.js';
import { readCurrent } from '../pipeline/publish/manifest.js';
import { readStep, stepKey } from '../pipeline/runner.js';

export interface Reached {
  /** The published run; null where there is none. */
  readonly run: string | null;
  /** Every file that is not read here and must be there. */
  readonly keys: ReadonlySet<string>;
}

/** How many small files are asked for at once. */
const atOnce = 8;

/** @throws LAKE_NOT_FOUND where one leads nowhere; LAKE_DAMAGED */
export async function reachedFrom(lake: Lake): Promise<Reached> {
  const manifest = (await readCurrent(lake))?.manifest;
  const keys = new Set<string>();
  const tables = Object.values(manifest?.tables ?? {}).map(({ step }) => step);
  const steps = [...new Set([...Object.values(manifest?.steps ?? {}), ...tables])];
  await inParallel(steps, atOnce, async (hash) => {
    const record = await readStep(lake, hash);
    if (!record) throw new CarelakeError('LAKE_NOT_FOUND', `The lake has no finished step ${hash}.`);
    for (const file of record.files) keys.add(`${stepKey(hash)}/${file}`);
  });
  for (const model of await modelsIn(lake)) {
    const version = (await readServed(lake, model))?.version;
    if (version === undefined) continue;
    const folder = `models/${model}/${version}`;
    const card = `${folder}/card.json`;
    for await (const { key } of lake.list(folder)) keys.add(key);
    if (!keys.has(card))
      throw new CarelakeError('LAKE_NOT_FOUND', `The lake has no ${card}, and ${model} is served by it.`);
  }
  return { run: manifest?.id ?? null, keys };
}

async function modelsIn(lake: Lake): Promise<Set<string>> {
  const models = new Set<string>();
  for await (const { key } of lake.list('models')) models.add(key.split('/')[1] ?? '');
  return models;
}
