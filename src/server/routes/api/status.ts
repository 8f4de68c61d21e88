// GET /api/status: the state of the workspace, as `carelake status --json` prints it, and which batches wait for a run.

import { Type } from 'typebox';
import { inForce, readBatches } from '../../../pipeline/batch.js';
import { readCurrent } from '../../../pipeline/publish/manifest.js';
import { statusOf } from '../../../pipeline/publish/status.js';
import {
  accountExample,
  accountingSchema,
  missingSchema,
  perTable,
  rowsPerTable,
  summaryExample,
} from '../../answer/run-schema.js';
import { problems } from '../../problem.js';
import type { Route } from '../../route.js';

const statusSchema = Type.Object(
  {
    success: Type.Literal(true),
    workspace: Type.String(),
    run: Type.Union(
      [
        Type.Object({
          id: Type.String(),
          as_of: Type.String({ format: 'date' }),
          finished_at: Type.String({ format: 'date-time' }),
          engine: Type.String(),
          grade: Type.Union([Type.String(), Type.Null()]),
        }),
        Type.Null(),
      ],
      { description: 'The published run; null where there is none.' },
    ),
    tables: rowsPerTable,
    accounting: accountingSchema,
    conflicts: Type.Array(Type.Object({}, { additionalProperties: true })),
    missing: missingSchema,
    twins: perTable,
    orphans: perTable,
    pending_entries: Type.Integer({ minimum: 0 }),
    batches: Type.Object({
      landed: Type.Integer({ minimum: 0 }),
      waiting: Type.Integer({ minimum: 0, description: 'Those that the published run has not read.' }),
    }),
  },
  {
    examples: [
      {
        success: true,
        workspace: 'default',
        run: {
          id: summaryExample.id,
          as_of: summaryExample.as_of,
          finished_at: summaryExample.finished_at,
          engine: summaryExample.engine,
          grade: summaryExample.grade,
        },
        tables: summaryExample.tables,
        ...accountExample,
        pending_entries: 0,
        batches: { landed: 1, waiting: 0 },
      },
    ],
  },
);

export const status: Route = async (app) => {
  const { lake, workspace, pendingEntries } = app.parts;
  const schema = {
    tags: ['runs'],
    summary: 'The state of the workspace',
    response: { 200: statusSchema, ...problems },
  };
  app.get('', { schema, config: { reads: 'lake', permission: 'numbers:read', audit: 'none' } }, async () => {
    const manifest = (await readCurrent(lake))?.manifest;
    const landed = inForce(await readBatches(lake));
    const waiting = landed.filter(({ id }) => !manifest?.batches.includes(id));
    return {
      success: true,
      ...statusOf(workspace, manifest, await pendingEntries(manifest)),
      batches: { landed: landed.length, waiting: waiting.length },
    };
  });
};
