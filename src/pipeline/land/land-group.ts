// Lands the texts that go into one batch, and keeps the files that they came in.
import type { StoredObject } from '../../lake/objects.js';
import type { Source } from '../../sources/source.js';
import type { Batch } from '../batch.js';
import { isAllOrNone } from './already-there.js';
import type { Identity } from './identity.js';
import { noteObject } from './known-objects.js';
import { type IngestDependencies, landBatch } from './land-batch.js';
import type { ToLand } from './land-files.js';
import { keepAll, type RawFile, rawFile } from './raw-file.js';
import { streamObject } from './raw-object.js';
import type { Found } from './read-heads.js';
import { type Became, outcomes } from './report.js';

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
  const { lake } = dependencies;
  const raw = new Map(
    group.map(({ member: { container, streamed } }) => {
      const copy = fetched.get(container) ?? (streamed ? streamObject(lake, streamed) : rawFile(lake, container));
      return [container, copy];
    }),
  );
  try {
    const wanted = group.map((file): ToLand => {
      const rawTable = plans.get(file.head.file);
      const copy = raw.get(file.member.container);
      if (rawTable === undefined || !copy) throw new Error(`No plan for ${file.head.file}.`);
      return { ...file, rawTable, copy };
    });
    const allOrNone = isAllOrNone(identity, reader.together);
    const { batch, there, warnings } = await landBatch({ wanted, batches, identity, allOrNone }, dependencies);
    await keepAll([...raw.values()]);
    for (const copy of raw.values()) {
      const isNoted = batch?.files.some(({ object }) => object && copy.object && isSame(object, copy.object));
      if (!isNoted) await noteObject(lake, copy);
    }
    const became = outcomes(wanted, there, batch);
    return { ...(batch && { batch }), became, warnings };
  } finally {
    await Promise.all([...raw.values()].map((file) => file.drop()));
  }
}

const isSame = (a: StoredObject, b: StoredObject): boolean => a.bucket === b.bucket && a.key === b.key;
