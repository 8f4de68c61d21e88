// GET /api/runs/:id: one run with all that it says of itself.

import { Type } from 'typebox';
import { readCurrent } from '../../../../pipeline/publish/manifest.js';
import { summaryOf } from '../../../../pipeline/publish/status.js';
import { keptRun } from '../../../answer/kept-run.js';
import {
  accountExample,
  accountingSchema,
  missingSchema,
  perTable,
  summaryExample,
  summarySchema,
} from '../../../answer/run-schema.js';
import { refusals } from '../../../problem.js';
import type { Route } from '../../../route.js';

const runSchema = Type.Object(
  {
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
  },
  {
    examples: [
      {
        success: true,
        run: {
          ...summaryExample,
          started_at: '2026-03-01T08:15:21.163Z',
          score: 99.6,
          versions: { carelake: '0.1.0', catalog: '995fa6f3296b' },
          batches: ['4917d859433185e4'],
          steps: { 'link/patients': 'a1cd7b37698db14cfa859f5d94356c454924d3cde55ce4c6f79f41a11fd9dfb6' },
          ...accountExample,
        },
      },
    ],
  },
);

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
