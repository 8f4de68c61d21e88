// GET /api/runs/:id: one run with all that it says of itself.

import { Type } from 'typebox';
import { readCurrent } from '../../../../pipeline/publish/manifest.js';
import { summaryOf } from '../../../../pipeline/publish/status.js';
import { keptRun } from '../../../answer/kept-run.js';
import { accountingSchema, missingSchema, perTable, summarySchema } from '../../../answer/run-schema.js';
import { refusals } from '../../../problem.js';
import type { Route } from '../../../route.js';

const runSchema = Type.Object({
  success: Type.Literal(true),
  run: Type.Object({
    ...summarySchema,
    started_at: Type.String({ format: 'date-time' }),
    score: Type.Union([Type.Number(), Type.Null()]),
    versions: Type.Object({ carelake: Type.String(), catalog: Type.String() }),
    batches: Type.Array(Type.String()),
    steps: Type.Record(Type.String(), Type.String()),
    accounting: accountingSchema,
    conflicts: Type.Array(Type.Object({}, { additionalProperties: true })),
    missing: missingSchema,
    twins: perTable,
    orphans: perTable,
  }),
});

export const oneRun: Route = async (app) => {
  const { lake } = app.parts;
  const schema = {
    tags: ['runs'],
    summary: 'One run: steps, account and what was found on the way',
    params: Type.Object({ id: Type.String() }),
    response: { 200: runSchema, ...refusals('RUN_NOT_FOUND') },
  };
  app.get('', { schema, config: { reads: 'lake', permission: 'numbers:read', audit: 'none' } }, async (request) => {
    const manifest = await keptRun(lake, request.params.id);
    const published = (await readCurrent(lake))?.manifest.id;
    const { started_at, versions, batches, steps, accounting, conflicts, missing, twins, orphans, quality } = manifest;
    const own = { started_at, versions, batches, steps, accounting, conflicts, missing, twins, orphans };
    return {
      success: true,
      run: { ...summaryOf(manifest, published), ...own, score: quality?.score ?? null },
    };
  });
};
