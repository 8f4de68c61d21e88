// Notes of processes in the lake, by which they know of each other's work: one small file a process, below a folder.
import type { Lake } from '../lake/lake.js';
import { livenessOf, ownName } from '../process-identity.js';

/** No such work takes this long: the note of a process elsewhere is a crash's then. */
const STALE_MS = 24 * 3_600_000;

/** Leaves a note, and clears those of dead processes. The result takes it away. */
export async function leaveNote(lake: Lake, folder: string): Promise<() => Promise<void>> {
  await clearNotes(lake, folder);
  const key = `${folder}/${await ownName()}`;
  await lake.put(key, '');
  return () => lake.remove([key]);
}

export async function clearNotes(lake: Lake, folder: string): Promise<void> {
  for await (const { key, modified } of lake.list(folder)) {
    if (Date.now() - modified.getTime() > STALE_MS || (await isDead(key))) await lake.remove([key]);
  }
}

/** Whether a process is at work, or one that nothing is known of was. */
export async function hasNote(lake: Lake, folder: string): Promise<boolean> {
  for await (const { key } of lake.list(folder)) if (!(await isDead(key))) return true;
  return false;
}

const isDead = async (key: string): Promise<boolean> => (await livenessOf(key.split('/').at(-1) ?? '')) === 'dead';
