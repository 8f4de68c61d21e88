// Which batches of entries land again with what is new, so that whoever types all day leaves few of them, and whether what is read of
// the log again is what had landed.
import { createHash, type Hash } from 'node:crypto';
import { entries as reader } from '../../sources/entries/source.js';
import { type Batch, firstOf } from '../batch.js';

/** Of which log entries land, when, and by whom. */
export interface Landing {
  readonly log: string;
  readonly at: string;
  readonly date: string;
  readonly by: string;
}

/** As many entries are read and landed in a second or two, which whoever waits for the run waits for, too. */
const mostJoined = 100_000;

/**
 * The newest batches that land again with so many new entries, none of which is more than twice as large as all that comes
 * after it: then an entry lands a few times, and there are a few batches, however many entries there are. What cleaning
 * makes of an entry does not change by it, since they all landed on the same day, nor who wins, since nothing landed between them.
 * @param batches Those in force, by sequence.
 */
export function joinedBatches(fresh: number, batches: readonly Batch[], landing: Landing): Batch[] {
  const joined: Batch[] = [];
  let entries = fresh;
  for (const batch of batches.toReversed()) {
    const own = batch.tables.reduce((sum, { rows }) => sum + rows, 0);
    if (!isLike(batch, landing) || !isJustBefore(batch, joined[0])) break;
    if (own > 2 * entries || own + entries > mostJoined) break;
    joined.unshift(batch);
    entries += own;
  }
  return joined;
}

const isLike = ({ through, after, landed, by, readerVersion }: Batch, landing: Landing): boolean =>
  through?.log === landing.log &&
  after !== undefined &&
  landed === landing.date &&
  by === landing.by &&
  readerVersion === reader.version;

const isJustBefore = ({ sequence, through }: Batch, next: Batch | undefined): boolean =>
  next === undefined || (sequence === firstOf(next) - 1 && through?.sequence === next.after);

export interface Rereading {
  /** To be told of each line, in the order of the log. */
  read(sequence: number, file: string, line: string): void;
  /** Whether all lines of the joined batches were those that they hold. */
  isAsLanded(): boolean;
}

export function rereading(joined: readonly Batch[]): Rereading {
  const hashes = joined.map(() => new Map<string, Hash>());
  let part = 0;
  return {
    read(sequence, file, line) {
      while (sequence > (joined[part]?.through?.sequence ?? Number.POSITIVE_INFINITY)) part += 1;
      const files = hashes[part];
      if (!files) return;
      const hash = files.get(file) ?? createHash('sha256');
      files.set(file, hash.update(line));
    },
    isAsLanded: () =>
      joined.every(({ files }, n) => {
        const found = [...(hashes[n] ?? [])].map(([name, hash]) => `${name} ${hash.digest('hex')}`);
        const landed = files.map(({ name, sha256 }) => `${name} ${sha256}`);
        return found.sort().join() === landed.sort().join();
      }),
  };
}
