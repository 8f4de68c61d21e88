// The published run as requests read it: looked for by each, opened once, and kept for as long as one of them reads it.
import type { PublishedTables } from '../../analytics/published.js';
import { publishedBy } from '../../app.js';
import type { Lake } from '../../lake/lake.js';
import { currentRun, type Manifest, readManifest } from '../../pipeline/publish/manifest.js';
import { sharedLook } from '../../records/shared-look.js';
import { borrowed } from './borrowed.js';

/** One run: all parts of an answer come from it, whatever is published meanwhile. */
export interface Publication {
  readonly manifest: Manifest;
  readonly tables: PublishedTables;
}

export interface Publications {
  /** The published run, held until `release`; undefined where there is none. */
  take(): Promise<(Publication & { release(): Promise<void> }) | undefined>;
  close(): Promise<void>;
}

/** A run that is opened, with the number of those who hold it. The first is the house itself, while it is the newest. */
interface Held {
  readonly manifest: Manifest;
  readonly tables: Promise<PublishedTables>;
  holders: number;
  giveBack(): Promise<void>;
}

export function openPublications(lake: Lake): Publications {
  let newest: Held | undefined;
  const look = sharedLook(() => currentRun(lake));

  async function letGo(held: Held): Promise<void> {
    held.holders -= 1;
    if (held.holders > 0) return;
    // Whoever asked for the tables was told if they could not be opened; what was opened of them is given back.
    await Promise.allSettled([held.tables]);
    await held.giveBack();
  }

  async function replace(held: Held | undefined): Promise<void> {
    const before = newest;
    newest = held;
    if (before) await letGo(before);
  }

  return {
    async take() {
      const run = await look();
      if (run === undefined) return undefined;
      let before: Promise<void> | undefined;
      if (newest?.manifest.id !== run) {
        const manifest = await readManifest(lake, run);
        const own = borrowed(lake);
        const tables = publishedBy(manifest, own.lake);
        // Should it fail before anybody waits for it, it is still no failure that nobody handles.
        void Promise.allSettled([tables]);
        before = replace({ manifest, tables, holders: 1, giveBack: own.giveBack });
      }
      const held = newest as Held;
      held.holders += 1;
      try {
        await before;
        const release = once(() => letGo(held));
        return { manifest: held.manifest, tables: await held.tables, release };
      } catch (error) {
        await letGo(held);
        if (newest === held) await replace(undefined);
        throw error;
      }
    },
    close: () => replace(undefined),
  };
}

function once(act: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= act();
    return done;
  };
}
