// Lands new files as one batch: everything is written before the batch takes its number and becomes visible.
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { Lander } from '../../engine/lander.js';
import type { Lake } from '../../lake/lake.js';
import { type Batch, batchKey, claimSequence } from '../batch.js';
import { inScratch } from '../scratch.js';
import { type Clock, landingTime } from './clock.js';
import { type Identity, identityText } from './identity.js';
import { landFiles, type ToLand } from './land-files.js';
import type { OnProgress } from './progress.js';

export interface IngestDependencies {
  readonly lake: Lake;
  readonly lander: Lander;
  readonly clock: Clock;
  /** Ends the landing while files are read; nothing is stored then. */
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}

export async function landBatch(
  fresh: readonly ToLand[],
  batches: readonly Batch[],
  identity: Identity,
  { lake, lander, clock, signal, onProgress }: IngestDependencies,
): Promise<{ batch: Batch; warnings: string[] }> {
  return inScratch(lake, async (folder) => {
    const landed = await landFiles(fresh, {
      lander,
      folder,
      ...(signal && { signal }),
      ...(onProgress && { onProgress }),
    });
    const { at, date, warnings } = landingTime(clock, batches);
    const content = fresh.map(({ head, copy, rawTable }) => [head.file, copy.sha256, rawTable]);
    const id = createHash('sha256')
      .update(JSON.stringify([identityText(identity), content, identity.mode === 'snapshot' ? batches.length : 0]))
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
      by: userName(),
      ...landed,
    };
    for (const copy of new Set(fresh.map((one) => one.copy))) await copy.keep();
    await writeFile(join(folder, 'batch.json'), JSON.stringify(batch, null, 2));
    await lake.commit(folder, batchKey(batch), 'batch.json');
    return { batch, warnings };
  });
}

/** In a container the user may have a number and no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
