// Writes entries under the next sequences of the log. An entry takes its sequence with the same insert that writes it: the id
// is unique, and whoever was second takes the next. An entry is only written when most members have the one before it, so
// the log has no gap and nobody sees an entry appear before one that was seen. What comes while a write is under way is
// written together, one after the other.
import type { Stored as StoredEntry } from '../append.js';
import type { Entry } from '../entry.js';
import { logCollection } from './collections.js';
import { insertInOrder } from './insert-in-order.js';
import { documentOf, type EntryDocument, entryOf, recordVersion } from './log-document.js';
import { idOf, patiently, type Store } from './store.js';
import type { Tail } from './tail.js';

type NewStored = Omit<StoredEntry, 'sequence'>;

interface Waiting {
  readonly entry: NewStored;
  resolve(written: Entry | undefined): void;
  reject(error: unknown): void;
}

/** How many entries one write takes. */
const most = 100;

/**
 * @returns writes an entry; undefined where another has its identity, or the version of its record.
 */
export function appender(
  store: Store,
  workspace: string,
  tail: Tail,
): (entry: NewStored) => Promise<Entry | undefined> {
  const entries = store.collection<EntryDocument>(logCollection);
  const waiting: Waiting[] = [];
  let isWriting = false;

  /** Whether another entry that everybody sees is in its way, wherever it would stand. */
  async function isTaken({ identity, table, key, version }: NewStored): Promise<boolean> {
    const projection = { _id: 1 } as const;
    const found = await Promise.all([
      entries.findOne({ identity: idOf(workspace, identity) }, { projection }),
      entries.findOne({ recordVersion: recordVersion(workspace, table, key, version) }, { projection }),
    ]);
    return found.some((one) => one !== null);
  }

  async function writeAll(some: Waiting[]): Promise<void> {
    let last = tail.remembered ?? (await tail.look()).sequence;
    while (some.length > 0) {
      const documents = some.map(({ entry }, index) => documentOf(workspace, { ...entry, sequence: last + 1 + index }));
      const written = await insertInOrder(entries, documents);
      for (const document of documents.slice(0, written)) some.shift()?.resolve(entryOf(document));
      last += written;
      tail.moved(last);
      const [refused] = some;
      if (!refused) return;
      last = await patiently(`a place in the log`, async () => {
        if (await isTaken(refused.entry)) {
          some.shift()?.resolve(undefined);
          return last;
        }
        const { sequence } = await tail.look();
        return sequence > last ? sequence : undefined;
      });
    }
  }

  async function drain(): Promise<void> {
    isWriting = true;
    while (waiting.length > 0) {
      const some = waiting.splice(0, most);
      // What threw may have been written all the same.
      await store
        .ask(() => writeAll(some))
        .catch((error: unknown) => {
          for (const one of some) one.reject(error);
        });
    }
    isWriting = false;
  }

  return (entry) =>
    new Promise((resolve, reject) => {
      waiting.push({ entry, resolve, reject });
      if (!isWriting) void drain();
    });
}
