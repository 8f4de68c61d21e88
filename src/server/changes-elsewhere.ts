// What other processes change (servers on the same records, a run or an ingest of the command line), looked for while somebody
// listens: nobody else would tell it here.
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { CarelakeError } from '../errors.js';
import { currentRun } from '../pipeline/publish/manifest.js';
import type { LogPlace } from '../records/records.js';
import type { Change } from './changes.js';
import { failureText } from './failure-text.js';

/** How long it is from look to look, in milliseconds. */
const usualPause = 2000;

/** Of more entries at once only the newest are told: whoever listens asks anew after any of them. */
const mostTold = 100;

/** Looks until the signal ends it; what was there at its start is not told. What this process tells itself meanwhile may come again. */
export async function looksElsewhere(
  app: FastifyInstance,
  tell: (change: Change) => void,
  signal: AbortSignal,
  betweenLooks = usualPause,
): Promise<void> {
  const { lake, knownRecords, report } = app.parts;
  const own = new Set<number>();
  const end = app.changes.listen(({ event, data }) => {
    if (event === 'entry') own.add(data.sequence);
  });
  let seen: LogPlace | undefined;
  let run: string | undefined;

  async function look(isFirst: boolean): Promise<void> {
    const records = await knownRecords();
    const now = await records?.entries.end();
    if (records && now && !isFirst && now.log === (seen?.log ?? now.log)) {
      const from = Math.max(seen?.sequence ?? 0, now.sequence - mostTold);
      for await (const { kind, table, sequence } of records.entries.read(from, now.sequence)) {
        if (!own.has(sequence)) tell({ event: 'entry', data: { kind, table, sequence } });
      }
    }
    for (const sequence of own) if (sequence <= (now?.sequence ?? 0)) own.delete(sequence);
    seen = now;
    const published = await currentRun(lake);
    const state = app.runs.state();
    if (published !== undefined && published !== run && !isFirst && published !== state.run) {
      tell({ event: 'run', data: { ...state, run: published } });
    }
    run = published;
  }

  for (let isFirst = true; !signal.aborted; ) {
    try {
      await look(isFirst);
      isFirst = false;
    } catch (error) {
      // What is away is said by /api/health, and looked for again.
      if (!(error instanceof CarelakeError)) report(failureText(error));
    }
    await pause(betweenLooks, undefined, { signal, ref: false }).catch(() => undefined);
  }
  end();
}
