// Starts runs after writes, and at the start where entries wait that no run has read.
import type { FastifyInstance } from 'fastify';
import { readCurrent } from '../../pipeline/publish/manifest.js';
import { keepsTryingOnceListening } from '../keeps-trying.js';
import type { ServerParts } from '../parts.js';
import { keepRuns, type RunState } from './keeper.js';

/** `off`: this server starts none. */
export type ServerRunState = RunState | (Omit<RunState, 'state'> & { readonly state: 'off' });

declare module 'fastify' {
  interface FastifyInstance {
    runs: { state(): ServerRunState };
  }
}

export function runsAfterWrites(
  app: FastifyInstance,
  { lake, run, runAfter, pendingEntries, report }: ServerParts,
): void {
  if (runAfter === null) {
    const off = { state: 'off', since: new Date().toISOString(), run: null, error: null, again: null } as const;
    app.decorate('runs', { state: () => off });
    return;
  }
  const onState = (data: RunState): void => app.changes.tell({ event: 'run', data });
  const keeper = keepRuns({ run, quiet: runAfter, onState, report });
  app.decorate('runs', keeper);
  app.changes.listen(({ event }) => {
    if (event === 'entry' || event === 'upload') keeper.wrote();
  });
  // Until that could be found out, the server serves, and whoever asks is told by a code.
  keepsTryingOnceListening(app, report, async () => {
    if ((await pendingEntries((await readCurrent(lake))?.manifest)) > 0) keeper.wrote();
  });
  app.addHook('preClose', () => keeper.close());
}
