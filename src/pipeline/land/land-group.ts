// Lands the texts that go into one batch, and keeps the files that they came in.
import { inParallel } from '../../in-parallel.js';
import type { StoredObject } from '../../lake/objects.js';
import type { Source } from '../../sources/source.js';
import type { Batch } from '../batch.js';
import { partition } from './already-there.js';
import type { Identity } from './identity.js';
import { noteObject } from './known-objects.js';
import { type IngestDependencies, landBatch } from './land-batch.js';
import type { ToLand } from './land-files.js';
import { type RawFile, takeRawFile } from './raw-file.js';
import { streamObject } from './raw-object.js';
import type { Found } from './read-heads.js';
import { type Became, outcomes } from './report.js';

/** While one file is copied, another is hashed. */
const filesAtOnce = 2;

export interface GroupResult {
  /** Absent where nothing was new. */
  readonly batch?: Batch;
  readonly became: readonly Became[];
  readonly warnings: readonly string[];
}

export interface GroupContext {
  /** The raw table of each file, by its name. */
  readonly plans: ReadonlyMap<string, string>;
  /** Containers that this machine has already. */
  readonly fetched: ReadonlyMap<string, RawFile>;
  readonly batches: readonly Batch[];
  readonly identity: Identity;
  readonly reader: Source;
}

export async function landGroup(
  group: readonly Found[],
  { plans, fetched, batches, identity, reader }: GroupContext,
  dependencies: IngestDependencies,
): Promise<GroupResult> {
  const raw = await takeContainers(group, fetched, dependencies);
  try {
    const wanted = group.map((file): ToLand => {
      const rawTable = plans.get(file.head.file);
      const copy = raw.get(file.member.container);
      if (rawTable === undefined || !copy) throw new Error(`No plan for ${file.head.file}.`);
      return { ...file, rawTable, copy };
    });
    const part = (files: readonly ToLand[]) => partition(files, batches, identity, reader);
    const before = part(wanted);
    const landed =
      before.fresh.length > 0
        ? await landBatch(before.fresh, part, batches, identity, dependencies)
        : { batch: undefined, there: [], warnings: [] };
    const { batch, warnings } = landed;
    for (const copy of raw.values()) {
      await copy.keep();
      const isNoted = batch?.files.some(({ object }) => object && copy.object && isSame(object, copy.object));
      if (!isNoted) await noteObject(dependencies.lake, copy);
    }
    const became = outcomes(wanted, [...before.there, ...landed.there], batch);
    return { ...(batch && { batch }), became, warnings };
  } finally {
    await Promise.all([...raw.values()].map((file) => file.drop()));
  }
}

const isSame = (a: StoredObject, b: StoredObject): boolean => a.bucket === b.bucket && a.key === b.key;

async function takeContainers(
  group: readonly Found[],
  fetched: ReadonlyMap<string, RawFile>,
  { lake, signal }: IngestDependencies,
): Promise<Map<string, RawFile>> {
  const containers = new Map(group.map(({ member }) => [member.container, member]));
  const taken = new Map<string, RawFile>();
  try {
    await inParallel([...containers], filesAtOnce, async ([container, { streamed }]) => {
      const here = fetched.get(container) ?? (streamed && streamObject(lake, streamed));
      taken.set(container, here ?? (await takeRawFile(lake, container, signal)));
    });
    return taken;
  } catch (error) {
    await Promise.all([...taken.values()].map((file) => file.drop()));
    throw error;
  }
}
