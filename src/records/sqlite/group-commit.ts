// Writes that come in the same turn of the event loop, or while those before them wait for the disk, are one transaction, so
// that they share its begin, its commit and their wait. Each is made whole or not at all, as if it were alone.
import { isCoded } from '../../errors.js';
import { together } from '../together.js';
import type { Parameter, UseStatement } from './statements.js';

export interface Statement {
  readonly sql: string;
  readonly parameters: readonly Parameter[];
}

interface Write {
  readonly sql: string;
  /** The statement is made once for each, up to the first that writes nothing. */
  readonly parameters: readonly (readonly Parameter[])[];
  /** What is written with it, where it wrote something. */
  readonly then?: ((written: Written) => Statement) | undefined;
}

interface Asked extends Write {
  /** By the clock of `performance`. */
  readonly since: number;
}

export interface Written {
  /** How many rows were written, and the number that the last of them got. */
  readonly changes: number;
  readonly last: number;
}

type Outcome = Written | { readonly failure: unknown };

/**
 * @param transact Does work in one transaction, once it has the lock for writing, for which somebody waits since then.
 * @param settled Waits until what was committed is as safe as a write has to be when it returns.
 */
export function groupCommit(
  use: UseStatement,
  transact: <Result>(work: () => Result, since: number) => Promise<Result>,
  settled: () => Promise<void>,
): (write: Write) => Promise<Written> {
  function perform({ sql, parameters, then }: Write): Written {
    const written = use(sql, (statement) => {
      let [changes, last] = [0, 0];
      for (const one of parameters) {
        const made = statement.run(one);
        if (made.changes === 0) break;
        changes += made.changes;
        last = Number(made.lastInsertRowid);
      }
      return { changes, last };
    });
    const next = written.changes > 0 && then?.(written);
    if (next) use(next.sql, (statement) => statement.run(next.parameters));
    return written;
  }

  const alone = (write: Asked): Promise<Outcome> =>
    transact(() => perform(write), write.since).catch((failure: unknown) => ({ failure }));

  async function commit(writes: readonly Asked[]): Promise<readonly Outcome[]> {
    const [first] = writes;
    if (first && writes.length === 1) return [await alone(first)];
    try {
      return await transact(() => writes.map(perform), first?.since ?? 0);
    } catch (error) {
      // Nothing of the group is there. Where one of them is at fault, the others are made without it.
      if (isCoded(error, 'RECORDS_BUSY')) throw error;
      return Promise.all(writes.map(alone));
    }
  }

  const committed = async (writes: readonly Asked[]): Promise<readonly Outcome[]> => {
    const outcomes = await commit(writes);
    await settled();
    return outcomes;
  };
  const inGroup = together(committed, { atOnce: 1 });

  return async (write) => {
    const outcome = await inGroup({ ...write, since: performance.now() });
    if ('failure' in outcome) throw outcome.failure;
    return outcome;
  };
}
