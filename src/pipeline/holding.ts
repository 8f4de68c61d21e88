// The notes by which whoever reads a whole lake, such as a backup, keeps collections from removing runs meanwhile.
//
// A reader leaves its note, then reads which run is published. A collection, which holds the lock under which runs are published,
// looks for notes first. Where it finds one it keeps every run; where it finds none, the run that the reader then finds is the one
// that this collection keeps as the published one, or newer.
import type { Lake } from '../lake/lake.js';
import { clearNotes, hasNote, leaveNote } from './notes.js';

const folder = 'holding';

/** The result lets go of them. */
export const holdRuns = (lake: Lake): Promise<() => Promise<void>> => leaveNote(lake, folder);

/** @param dry Clears no notes of the dead. */
export async function areRunsHeld(lake: Lake, dry: boolean): Promise<boolean> {
  if (!dry) await clearNotes(lake, folder);
  return hasNote(lake, folder);
}
