// GET /api/runs: the kept runs, newest first.

import { Type } from 'typebox';
import { readCurrent, readRuns } from '../../../pipeline/publish/manifest.js';
import { summaryOf } from '../../../pipeline/publish/status.js';
import { counts, countsOf, cursor, pageOf, paging } from '../../answer/list.js';
import { summaryExample, summarySchema } from '../../answer/run-schema.js';
import { problems } from '../../problem.js';
import type { Route } from '../../route.js';

const stateSchema = Type.Object(
  {
    state: Type.Enum(['idle', 'waiting', 'running', 'failed', 'off'], {
      description: '`waiting`: for a moment in which nobody types. `off`: this server starts no runs.',
    }),
    since: Type.String({ format: 'date-time' }),
    run: Type.Union([Type.String(), Type.Null()], { description: 'The run that this server last made.' }),
    error: Type.Union([Type.Object({ code: Type.String(), message: Type.String() }), Type.Null()]),
    again: Type.Union([Type.String(), Type.Null()], { description: 'When a run that failed is tried again.' }),
    pending_entries: Type.Integer({ minimum: 0, description: 'Entries that no run has read yet.' }),
  },
  { description: 'What this server does to make data of what is typed.' },
);

const runsSchema = Type.Object(
  {
    success: Type.Literal(true),
    ...counts,
    now: stateSchema,
    runs: Type.Array(Type.Object(summarySchema)),
  },
  {
    examples: [
      {
        success: true,
        ...{ count: 1, total: 1, page: 1, pages: 1, next: null },
        now: {
          ...{ state: 'idle', since: '2026-03-01T08:15:31.000Z', run: summaryExample.id },
          ...{ error: null, again: null, pending_entries: 0 },
        },
        runs: [summaryExample],
      },
    ],
  },
);

export const runs: Route = async (app) => {
  const { lake } = app.parts;
  const schema = {
    tags: ['runs'],
    summary: 'The kept runs, newest first, and what the server is doing',
    querystring: Type.Object({ ...paging, ...cursor }, { additionalProperties: false }),
    response: { 200: runsSchema, ...problems },
  };
  app.get(
    '',
    { schema, config: { reads: 'lake', permission: 'numbers:read', audit: 'none', rows: 'runs' } },
    async (request) => {
      const current = (await readCurrent(lake))?.manifest;
      const now = { ...app.runs.state(), pending_entries: await app.parts.pendingEntries(current) };
      const page = pageOf(await readRuns(lake), request.query, ({ id }) => id);
      const list = page.rows.map((run) => summaryOf(run, current?.id));
      return { success: true, ...countsOf(page, request.query), now, runs: list };
    },
  );
};
