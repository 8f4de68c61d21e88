// Where the log of a workspace ends, and what was written there last. Its sequences have no gap, so that one look-up by the ids
// around what was seen last tells whether that still is the end, and brings what follows.
import type { Entry } from '../entry.js';
import type { LogPlace } from '../records.js';
import { sharedLook } from '../shared-look.js';
import { logCollection } from './collections.js';
import { type EntryDocument, entryOf, sequenceKey } from './log-document.js';
import { idOf, idsOf, type Store } from './store.js';

export interface Tail {
  /** The place of the last entry that most members have: one look for all who ask at once. */
  look(): Promise<LogPlace>;
  /** Of the last entry that is known, where there was a look: others may have written since. */
  readonly remembered: number | undefined;
  /** That an entry has been written. */
  moved(to: number): void;
  /** The entries after one, up to another, where they are remembered. */
  recent(after: number, through: number): readonly Entry[] | undefined;
}

/** How many ids are looked up: mostly few were written since, and after a long time many. */
const ahead = 64;
const farAhead = 1000;
/** How many entries are remembered at least; at most twice as many. */
const mostRecent = 250;

interface Seen {
  readonly log: string;
  readonly sequence: number;
  /** Of its entry: no other log has it. */
  readonly identity: string | undefined;
}

/** @param logId Which log it is now. */
export function tailOf(store: Store, workspace: string, logId: () => Promise<string>): Tail {
  const entries = store.collection<EntryDocument>(logCollection);
  let seen: Seen | undefined;
  let written = 0;
  /** The last ones up to what was seen. */
  let recent: Entry[] = [];

  async function begin(): Promise<Seen> {
    const last = entries
      .find({ _id: idsOf(workspace) })
      .sort({ _id: -1 })
      .limit(1)
      .toArray();
    const [log, [found]] = await Promise.all([logId(), last]);
    recent = [];
    written = found?.sequence ?? 0;
    seen = { log, sequence: written, identity: found?.identity };
    return seen;
  }

  /** Returns whether there may be more. */
  async function readOn(from: Seen, count: number): Promise<boolean> {
    const ids = Array.from({ length: count }, (_, index) => idOf(workspace, sequenceKey(from.sequence + index)));
    const [log, found] = await Promise.all([
      from.sequence === 0 ? logId() : from.log,
      entries.find({ _id: { $in: ids } }).toArray(),
    ]);
    found.sort((a, b) => a.sequence - b.sequence);
    if (from.sequence > 0 && found.shift()?.identity !== from.identity) {
      // What was seen is not there: it is another log.
      await begin();
      return false;
    }
    // One that is written while this is read may be passed over, and the one behind it not: it comes with the next look.
    const gap = found.findIndex((one, index) => one.sequence !== from.sequence + 1 + index);
    const next = gap < 0 ? found : found.slice(0, gap);
    recent = [...recent, ...next.map(entryOf)];
    if (recent.length > 2 * mostRecent) recent = recent.slice(-mostRecent);
    const { sequence, identity } = next.at(-1) ?? from;
    seen = { log, sequence, identity };
    written = Math.max(written, sequence);
    return next.length >= count - 1;
  }

  const look = sharedLook(() =>
    store.ask(async () => {
      let from = seen ?? (await begin());
      for (let count = ahead; await readOn(from, count); count = farAhead) from = seen ?? from;
      const { log, sequence } = seen ?? from;
      return { log, sequence };
    }),
  );

  return {
    look,
    get remembered() {
      return seen && written;
    },
    moved(to) {
      written = Math.max(written, to);
    },
    recent(after, through) {
      if (!seen || through > seen.sequence) return undefined;
      const first = seen.sequence - recent.length;
      return after >= first ? recent.slice(after - first, through - first) : undefined;
    },
  };
}
