// The database of the records: its collections by name, how a document is found in them, and what goes wrong as coded errors.
import { setTimeout as pause } from 'node:timers/promises';
import type { Collection, Document } from 'mongodb';
import { busy, mongoFault } from './faults.js';

/** Every document's `_id` is a text: `workspace/key`, so that one index finds it, keeps it single and orders it. */
export interface Stored extends Document {
  readonly _id: string;
}

export interface Store {
  collection<Of extends Stored>(name: string): Collection<Of>;
  /** Does something there. @throws RECORDS_UNREACHABLE, RECORDS_BUSY, RECORDS_FULL, RECORDS_DENIED, RECORDS_FAILED */
  ask<Answer>(work: () => Promise<Answer>): Promise<Answer>;
}

export function storeOf(uri: string, collection: (name: string) => Collection<Document>): Store {
  return {
    collection: <Of extends Stored>(name: string) => collection(name) as unknown as Collection<Of>,
    async ask(work) {
      try {
        return await work();
      } catch (error) {
        throw mongoFault(uri, error);
      }
    },
  };
}

export const idOf = (workspace: string, key: string): string => `${workspace}/${key}`;

/** All ids of a workspace; those after or before a key. The character after / is 0. */
export const idsOf = (workspace: string, { after, before }: { after?: string; before?: string } = {}) => ({
  $gt: idOf(workspace, after ?? ''),
  $lt: before === undefined ? `${workspace}0` : idOf(workspace, before),
});

/** How long is waited for what others have written and most members of the set have not, in milliseconds. */
const patienceMs = 10_000;

/**
 * Tries until there is an answer. A unique key may be taken by a write that most members do not have yet and so nobody sees.
 * @throws RECORDS_BUSY
 */
export async function patiently<Answer>(what: string, work: () => Promise<Answer | undefined>): Promise<Answer> {
  const start = performance.now();
  for (let round = 0; ; round++) {
    const answer = await work();
    if (answer !== undefined) return answer;
    if (performance.now() - start > patienceMs)
      throw busy(`${what} has been taken for ten seconds by a write that is not finished.`);
    await pause(Math.random() * Math.min(50, 2 ** round));
  }
}
