// A kept run that an address names.
import { CarelakeError, isCoded } from '../../errors.js';
import type { Lake } from '../../lake/lake.js';
import { type Manifest, readManifest } from '../../pipeline/publish/manifest.js';

/** @throws RUN_NOT_FOUND */
export async function keptRun(lake: Lake, id: string): Promise<Manifest> {
  try {
    return await readManifest(lake, id);
  } catch (cause) {
    if (!isCoded(cause, 'LAKE_NOT_FOUND') && !isCoded(cause, 'LAKE_KEY_INVALID')) throw cause;
    throw new CarelakeError('RUN_NOT_FOUND', `There is no run ${id.slice(0, 200)}.`, { cause });
  }
}
