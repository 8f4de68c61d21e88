// What a run says of itself: runs/<id>/manifest.json, and current.json that names the published one.
import { CarelakeError } from '../../errors.js';
import { parseJson } from '../../lake/json.js';
import type { Condition, Lake } from '../../lake/lake.js';
import type { LogPlace } from '../../records/records.js';
import type { FileAccount } from '../accounting/account.js';
import type { ConflictRow } from '../accounting/conflicts.js';
import type { QualityReport } from '../quality/score.js';

export interface TableRecord {
  readonly step: string;
  readonly rows: number;
}

/** Values of one field that cleaning set missing for one reason, in rows that were not rejected. */
export interface MissingRow {
  readonly source: string;
  readonly table: string;
  readonly field: string;
  readonly reason: string;
  readonly values: number;
}

export interface Manifest {
  readonly format: 1;
  readonly id: string;
  readonly parent: string | null;
  /** The landing date of the newest batch, YYYY-MM-DD. */
  readonly as_of: string;
  readonly started_at: string;
  readonly finished_at: string;
  readonly ms: number;
  readonly engine: string;
  readonly versions: { readonly carelake: string; readonly catalog: string };
  readonly batches: readonly string[];
  /** Up to which place of their log it has read typed entries; absent where it has read none. */
  readonly entries?: LogPlace;
  readonly tables: Readonly<Record<string, TableRecord>>;
  /** Every step that the run rests on, published or not: name → hash. */
  readonly steps: Readonly<Record<string, string>>;
  readonly accounting: readonly FileAccount[];
  readonly conflicts: readonly ConflictRow[];
  /** Values that cleaning set missing. */
  readonly missing: readonly MissingRow[];
  /** Rows of one content under several ids, by table. */
  readonly twins: Readonly<Record<string, number>>;
  /** Visits and other rows whose patient is not known, by table. */
  readonly orphans: Readonly<Record<string, number>>;
  /** A to F; null for a run of a version that had no checks. */
  readonly grade: string | null;
  /** What every check came to; a run of a version that had no checks has none. */
  readonly quality?: QualityReport;
}

interface Current {
  readonly run: string;
}

const currentKey = 'current.json';
const manifestKey = (id: string): string => `runs/${id}/manifest.json`;

/** @throws LAKE_NOT_FOUND where no such run is kept. */
export async function readManifest(lake: Lake, id: string): Promise<Manifest> {
  const file = await lake.get(manifestKey(id));
  if (!file) throw new CarelakeError('LAKE_NOT_FOUND', `The lake has no run ${id}.`);
  return parseJson<Manifest>(manifestKey(id), file.body);
}

/** The id of the published run, without its manifest. @throws LAKE_DAMAGED */
export async function currentRun(lake: Lake): Promise<string | undefined> {
  const file = await lake.get(currentKey);
  return file && parseJson<Current>(currentKey, file.body).run;
}

/** The published run with the tag under which it may be replaced. @throws LAKE_DAMAGED, LAKE_NOT_FOUND */
export async function readCurrent(lake: Lake): Promise<{ manifest: Manifest; etag: string } | undefined> {
  const file = await lake.get(currentKey);
  if (!file) return undefined;
  const { run } = parseJson<Current>(currentKey, file.body);
  return { manifest: await readManifest(lake, run), etag: file.etag };
}

/** @throws NOT_PUBLISHED */
export async function requireCurrent(lake: Lake): Promise<Manifest> {
  const current = await readCurrent(lake);
  if (!current) throw new CarelakeError('NOT_PUBLISHED', `${lake.address} holds no published run.`);
  return current.manifest;
}

/** Stores the manifest, then makes it the published one in a single conditional write: readers see the old run or this. */
export async function publish(lake: Lake, manifest: Manifest, replaces: string | undefined): Promise<void> {
  await keep(lake, manifest);
  const condition: Condition = replaces === undefined ? { absent: true } : { etag: replaces };
  await lake.putIf(currentKey, JSON.stringify({ run: manifest.id } satisfies Current), condition);
}

/** Stores the manifest of a run without making it the published one. */
export async function keep(lake: Lake, manifest: Manifest): Promise<void> {
  await lake.put(manifestKey(manifest.id), JSON.stringify(manifest, null, 2));
}

/** All runs that were stored, newest first. */
export async function readRuns(lake: Lake): Promise<Manifest[]> {
  const runs: Manifest[] = [];
  for await (const { key } of lake.list('runs')) {
    const file = key.endsWith('/manifest.json') ? await lake.get(key) : undefined;
    if (file) runs.push(parseJson<Manifest>(key, file.body));
  }
  return runs.sort((a, b) => (a.id < b.id ? 1 : -1));
}
