// The versions of models in the lake: models/<name>/<version>/ is written once, and models/<name>/current.json names the
// one that is served, with what was served before it.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CarelakeError } from '../errors.js';
import { inScratch } from '../lake/in-scratch.js';
import { parseJson } from '../lake/json.js';
import type { Lake } from '../lake/lake.js';
import type { ModelCard } from './card/schema.js';

/** What is stored of a version beside its card, by the name of the file. */
export type ModelFiles = Readonly<Record<string, string | Uint8Array>>;

interface Promotion {
  readonly version: string;
  readonly promoted_at: string;
}

/** models/<name>/current.json */
export interface Served extends Promotion {
  /** The newest first; `rollback` goes back to the first. */
  readonly before: readonly Promotion[];
}

const folderOf = (name: string, version: string): string => `models/${name}/${version}`;
const servedKey = (name: string): string => `models/${name}/current.json`;

/** `000002-5f0c…`: numbered by name, with twelve digits of what the model was made from. */
export async function storeVersion(lake: Lake, card: ModelCard, files: ModelFiles): Promise<void> {
  const { model, version } = card;
  await inScratch(lake, async (folder) => {
    const all = { ...files, 'card.json': JSON.stringify(card, null, 2) };
    for (const [file, content] of Object.entries(all)) await writeFile(join(folder, file), content);
    await lake.commit(folder, folderOf(model, version), 'card.json');
  });
}

/** All complete versions of a model, the newest first. */
export async function versionsOf(lake: Lake, name: string): Promise<string[]> {
  const versions: string[] = [];
  for await (const { key } of lake.list(`models/${name}`)) {
    const [, , version, file] = key.split('/');
    if (version && file === 'card.json') versions.push(version);
  }
  return versions.sort().reverse();
}

/**
 * The version that is wanted, or the one that is served, or where none is the newest.
 * @throws MODEL_UNKNOWN, naming the versions there are.
 */
export async function readCard(lake: Lake, name: string, version?: string): Promise<ModelCard> {
  const versions = await versionsOf(lake, name);
  const named = version ?? (await readServed(lake, name))?.version ?? versions[0];
  const wanted = versions.find((one) => one === named);
  const key = `${folderOf(name, wanted ?? '-')}/card.json`;
  const file = wanted === undefined ? undefined : await lake.get(key);
  if (file) return parseJson<ModelCard>(key, file.body);
  const known = versions.join(', ') || 'none';
  throw new CarelakeError(
    'MODEL_UNKNOWN',
    `There is no ${version === undefined ? 'version' : `version ${version.slice(0, 100)}`} of ${name}; there are: ${known}.`,
  );
}

/** One of the files that were stored with a version. @throws LAKE_NOT_FOUND */
export async function readModelFile(lake: Lake, name: string, version: string, file: string): Promise<Buffer> {
  const key = `${folderOf(name, version)}/${file}`;
  const found = await lake.get(key);
  if (!found) throw new CarelakeError('LAKE_NOT_FOUND', `The lake has no ${key}.`);
  return found.body;
}

/** What a list of versions says of each, the newest first. */
export async function modelVersions(lake: Lake, name: string) {
  const served = await readServed(lake, name);
  const cards = await Promise.all((await versionsOf(lake, name)).map((version) => readCard(lake, name, version)));
  return cards.map(({ model, version, algorithm, source, trained_at, promotion: { promoted, reason } }) => ({
    model,
    version,
    algorithm: algorithm.name,
    source,
    trained_at,
    promoted,
    reason,
    served_since: served?.version === version ? served.promoted_at : null,
  }));
}

export async function readServed(lake: Lake, name: string): Promise<Served | undefined> {
  return (await readTagged(lake, name))?.served;
}

/**
 * Serves this version from now on.
 * @throws MODEL_UNKNOWN; MODEL_NOT_GOOD_ENOUGH where its gate did not let it pass; LAKE_CONFLICT where somebody else promoted meanwhile.
 */
export async function promote(lake: Lake, name: string, version: string, now: Date): Promise<Served> {
  const { promotion } = await readCard(lake, name, version);
  if (!promotion.promoted) throw new CarelakeError('MODEL_NOT_GOOD_ENOUGH', `${name} ${version}. ${promotion.reason}`);
  const current = await readTagged(lake, name);
  if (current?.served.version === version) return current.served;
  const { before = [], ...last } = current?.served ?? {};
  const next = { version, promoted_at: now.toISOString(), before: 'version' in last ? [last, ...before] : before };
  await write(lake, name, next, current?.etag);
  return next;
}

/** Serves what was served before. @throws MODEL_NO_EARLIER */
export async function rollback(lake: Lake, name: string, now: Date): Promise<Served> {
  const current = await readTagged(lake, name);
  const [last, ...before] = current?.served.before ?? [];
  if (!current || !last) throw new CarelakeError('MODEL_NO_EARLIER', `No other version of ${name} was served before.`);
  const next = { version: last.version, promoted_at: now.toISOString(), before };
  await write(lake, name, next, current.etag);
  return next;
}

async function readTagged(lake: Lake, name: string): Promise<{ served: Served; etag: string } | undefined> {
  const file = await lake.get(servedKey(name));
  return file && { served: parseJson<Served>(servedKey(name), file.body), etag: file.etag };
}

async function write(lake: Lake, name: string, served: Served, etag: string | undefined): Promise<void> {
  const condition = etag === undefined ? ({ absent: true } as const) : { etag };
  await lake.putIf(servedKey(name), JSON.stringify(served, null, 2), condition);
}
