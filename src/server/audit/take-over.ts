// The audit lines of writes stand in their entries and are taken over into the log beside the answers: whoever writes waits for
// their entry alone. Whoever reads the log sees every write that was acknowledged before.
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Audit } from '../../records/audit/chain.js';
import type { ServerParts } from '../parts.js';

/** What is written within so many milliseconds is taken over at once, and waits for the disk once. */
const gatheringMs = 100;

export interface TakingOver {
  /** Within a moment, and before whatever is noted next; reports what fails: the entries keep their lines until the next time. */
  soon(): Promise<void>;
  /** The log with the line of every write so far. @throws AUDIT_FAILED */
  whole(): Promise<Audit>;
}

export function takesOver(
  app: FastifyInstance,
  { workspace, audit, records, knownRecords }: ServerParts,
  told: (error: unknown) => void,
): TakingOver {
  const closing = new AbortController();
  let isGathering = false;
  let last: Promise<void> = Promise.resolve();
  const take = async (): Promise<void> => (await audit()).takeOver(workspace, (await records()).entries);

  async function gather(): Promise<void> {
    isGathering = true;
    await pause(gatheringMs, undefined, { signal: closing.signal }).catch(() => undefined);
    isGathering = false;
    await take().catch(told);
  }

  // The records are closed after this. What is written later, for somebody who has gone, is taken over at the next start.
  app.addHook('onClose', async () => {
    closing.abort();
    await last;
  });
  return {
    async soon() {
      if (closing.signal.aborted) return;
      (await audit()).owes(workspace, (await records()).entries);
      if (!isGathering) last = gather();
    },
    async whole() {
      if (await knownRecords()) await take();
      return audit();
    },
  };
}
