// Single rows of the run and single entries by their keys: what the requests of one moment look for is one question to the
// records.
import type { FastifyInstance } from 'fastify';
import type { Entry, RecordPlace } from '../../records/entry.js';
import type { RunRow, RunRowPlace } from '../../records/run-rows.js';
import { together } from '../../records/together.js';

export interface ByKey {
  /** Null: the run has no such row. Undefined: the rows of that run are not at hand. */
  row(run: string, place: RunRowPlace): Promise<RunRow | null | undefined>;
  /** Undefined where nothing was typed under that key. */
  newest(place: RecordPlace): Promise<Entry | undefined>;
}

declare module 'fastify' {
  interface FastifyInstance {
    byKey: ByKey;
  }
}

export function looksUpByKey(app: FastifyInstance): void {
  const { knownRecords } = app.parts;

  const ofRun = (run: string) => ({
    run,
    row: together(async (places: readonly RunRowPlace[]) => {
      const rows = await (await knownRecords())?.runRows.get(run, places);
      return rows ?? places.map(() => undefined);
    }),
  });
  let newestRun = ofRun('');

  app.decorate('byKey', {
    row(run, place) {
      if (newestRun.run !== run) newestRun = ofRun(run);
      return newestRun.row(place);
    },
    newest: together(async (places: readonly RecordPlace[]) => {
      const entries = await (await knownRecords())?.entries.newest(places);
      return entries ?? places.map(() => undefined);
    }),
  });
}
