// The notes by which a collection and landings that work at the same time never lose the file as it came of a batch.
//
// A collection (1) chooses raw files, (2) leaves its note, (3) reads the batches, (4) removes what it chose and no batch
// names, (5) takes its note away. A landing commits its batch, then (a) looks for notes, then (b) whether its raw file is
// there; where it finds a note or no raw file, it stores the file again under a key that no collection has chosen.
// Where (a) finds no note, the collection either left it after that, and so (3) finds the batch; or it had taken it away,
// and so (b) sees all that it removed. Where (a) finds a note, (1) is over and cannot choose the key of the new copy.
// None of this asks how old anything is, so that it holds with no grace time, too.
import type { Lake } from '../lake/lake.js';
import { hasNote, leaveNote } from './notes.js';

const folder = 'raw/collecting';

/** Leaves the note of a collection, and clears those of dead ones. The result takes the note away. */
export const announceCollection = (lake: Lake): Promise<() => Promise<void>> => leaveNote(lake, folder);

/** Whether a collection is at work, or one that nothing is known of was. */
export const isCollecting = (lake: Lake): Promise<boolean> => hasNote(lake, folder);
