// Several documents in one write, one after the other, up to the first whose unique key is taken.
import { type Collection, MongoBulkWriteError, type OptionalUnlessRequiredId } from 'mongodb';
import { isDuplicate } from './faults.js';
import type { Stored } from './store.js';

/** Returns how many were written. */
export async function insertInOrder<Of extends Stored>(
  collection: Collection<Of>,
  documents: readonly Of[],
): Promise<number> {
  try {
    await collection.insertMany(documents as OptionalUnlessRequiredId<Of>[], { ordered: true });
    return documents.length;
  } catch (error) {
    if (!isDuplicate(error) || !(error instanceof MongoBulkWriteError)) throw error;
    // The driver counts those behind it, too, with some servers: its place is what counts.
    const [first] = [error.writeErrors].flat();
    return first?.index ?? 0;
  }
}
