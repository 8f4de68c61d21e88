// Writes that come in the same turn of the event loop are one transaction, so that they share its begin, its commit and their
// wait for the disk. Each is a statement of its own all the same, made whole or not at all.
import type Database from 'libsql';
import { CarelakeError, isCoded } from '../../errors.js';
import { together } from '../together.js';

export type Parameter = string | number | null;

interface Write {
  readonly sql: string;
  readonly parameters: readonly Parameter[];
}

export interface Written {
  /** How many rows were written, and the number that the last of them got. */
  readonly changes: number;
  readonly last: number;
}

type Outcome = Written | { readonly failure: unknown };

/** @param transact Does work in one transaction, once it has the lock for writing. */
export function groupCommit(
  database: Database.Database,
  transact: <Result>(work: () => Result) => Promise<Result>,
): (write: Write) => Promise<Written> {
  /** What has the lock cannot be refused as busy: then a statement that succeeded may be used again, and only then. */
  function perform(writes: readonly Write[]): Written[] {
    const prepared = new Map<string, Database.Statement>();
    return writes.map(({ sql, parameters }) => {
      const statement = prepared.get(sql) ?? database.prepare(sql);
      const { changes, lastInsertRowid } = statement.run(parameters);
      prepared.set(sql, statement);
      return { changes, last: Number(lastInsertRowid) };
    });
  }

  const alone = (write: Write): Promise<Outcome> =>
    transact(() => perform([write])).then(
      ([written]) => written as Written,
      (failure) => ({ failure }),
    );

  const inGroup = together(async (writes: readonly Write[]): Promise<readonly Outcome[]> => {
    const [first] = writes;
    if (first && writes.length === 1) return [await alone(first)];
    try {
      return await transact(() => perform(writes));
    } catch (error) {
      // Nothing of the group is there. Where one of them is at fault, the others are made without it.
      if (isCoded(error, 'RECORDS_BUSY')) throw error;
      return Promise.all(writes.map(alone));
    }
  });

  return async (write) => {
    const outcome = await inGroup(write);
    if ('failure' in outcome) throw outcome.failure;
    return outcome;
  };
}
