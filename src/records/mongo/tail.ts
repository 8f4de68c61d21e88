// Where the log of a workspace ends. Its sequences have no gap, so that two look-ups by id tell whether what is remembered
// still is the end.

import { logCollection } from './collections.js';
import { idOf, idsOf, type Store, type Stored } from './store.js';

/** Texts in the order of the numbers. */
export const sequenceKey = (sequence: number): string => String(sequence).padStart(15, '0');

export interface Tail {
  /** The sequence of the last entry that most members have; 0 where there is none. */
  find(): Promise<number>;
  /** What is remembered, where there is something: others may have written since. */
  readonly remembered: number | undefined;
  /** That an entry has been written. */
  moved(to: number): void;
}

export function tailOf(store: Store, workspace: string): Tail {
  const entries = store.collection<Stored & { sequence: number }>(logCollection);
  let known: number | undefined;

  async function isStillLast(sequence: number): Promise<boolean> {
    const around = [sequence, sequence + 1].map((one) => idOf(workspace, sequenceKey(one)));
    const found = await entries.find({ _id: { $in: around } }, { projection: { _id: 1 } }).toArray();
    return found.length === (sequence === 0 ? 0 : 1) && found[0]?._id !== around[1];
  }

  return {
    find: () =>
      store.ask(async () => {
        if (known !== undefined && (await isStillLast(known))) return known;
        const [last] = await entries
          .find({ _id: idsOf(workspace) })
          .sort({ _id: -1 })
          .limit(1)
          .toArray();
        known = last?.sequence ?? 0;
        return known;
      }),
    get remembered() {
      return known;
    },
    moved(to) {
      known = Math.max(known ?? 0, to);
    },
  };
}
