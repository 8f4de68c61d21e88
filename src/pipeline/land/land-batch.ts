// Lands new files as one batch: everything is written before the batch takes its number and becomes visible.
import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lander } from '../../engine/lander.js';
import { inScratch } from '../../lake/in-scratch.js';
import type { Lake } from '../../lake/lake.js';
import type { Objects } from '../../lake/objects.js';
import { type Batch, batchKey, claimSequence } from '../batch.js';
import { alikeBatches, contentsOf, knownOf, partition, type There } from './already-there.js';
import { type Clock, landingTime } from './clock.js';
import { type Identity, identityText } from './identity.js';
import { type LandedTexts, landFiles, type ToLand, tablesOf } from './land-files.js';
import type { OnProgress } from './progress.js';
import { keepAll } from './raw-file.js';
import { userName } from './user-name.js';

export interface IngestDependencies {
  readonly lake: Lake;
  readonly lander: Lander;
  /** What reads from S3, asked for where a path is an address there. */
  readonly objects?: () => Promise<Objects>;
  /** How many stored bytes of objects go into one batch; 1 GiB unless given. */
  readonly batchBytes?: number;
  readonly clock: Clock;
  /** Who brings the files; the user of this process unless given. */
  readonly by?: string;
  /** Ends the landing while files are read; nothing is stored then. */
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}

export interface ToBatch {
  readonly wanted: readonly ToLand[];
  readonly batches: readonly Batch[];
  readonly identity: Identity;
  readonly allOrNone: boolean;
}

/** Without anything new there is no batch. */
export async function landBatch(
  { wanted, batches, identity, allOrNone }: ToBatch,
  { lake, lander, clock, by = userName(), signal, onProgress }: IngestDependencies,
): Promise<{ batch?: Batch; there: There[]; warnings: string[] }> {
  const contents = contentsOf(alikeBatches(batches, () => identity));
  const part = () => partition(wanted, contents, allOrNone);
  // Where one is new, all are read: so what is known must be known of all first.
  if (allOrNone && contents.size > 0) for (const { copy } of wanted) await copy.take(signal);
  const isAllRead = allOrNone && part().fresh.length > 0;
  return inScratch(lake, async (folder) => {
    const texts = await landFiles(wanted, {
      lander,
      folder,
      isKnown: (one) => !isAllRead && knownOf(contents, one) !== undefined,
      ...(signal && { signal }),
      ...(onProgress && { onProgress }),
    });
    // Of an object its content is known only now.
    const { fresh, there } = part();
    await leaveOut(folder, fresh, texts);
    if (fresh.length === 0) return { there, warnings: [] };
    const { at, date, warnings } = landingTime(clock, batches);
    const content = fresh.map(({ head, copy, rawTable }) => [head.file, copy.sha256, rawTable]);
    const id = createHash('sha256')
      .update(
        JSON.stringify([
          identityText(identity),
          content,
          identity.mode === 'snapshot' ? (batches.at(-1)?.sequence ?? 0) : 0,
        ]),
      )
      .digest('hex')
      .slice(0, 16);
    const sequence = await claimSequence(lake, id);
    const batch: Batch = {
      format: 1,
      sequence,
      id,
      ...identity,
      landedAt: at,
      landed: date,
      by,
      ...tablesOf(fresh, texts),
    };
    await keepAll(fresh.map(({ copy }) => copy));
    await writeFile(join(folder, 'batch.json'), JSON.stringify(batch, null, 2));
    await lake.commit(folder, batchKey(batch), 'batch.json');
    return { batch, there, warnings };
  });
}

/** Removes what was made of texts that turned out to be there. */
async function leaveOut(folder: string, fresh: readonly ToLand[], texts: LandedTexts): Promise<void> {
  const kept = new Set(fresh.map(({ member }) => member));
  for (const [member, { parquet, rejects }] of texts) {
    if (!kept.has(member)) for (const name of [...parquet, ...rejects]) await rm(join(folder, name));
  }
}
