// GET /api/quality: how good the data of a run is, check by check, and how the runs before it did.

import { Type } from 'typebox';
import { checkNamed } from '../../../catalog/checks.js';
import { requireCurrent } from '../../../pipeline/publish/manifest.js';
import { readQuality, readTrend } from '../../../pipeline/quality/read.js';
import { asOf, asOfExample, asOfSchema } from '../../answer/as-of.js';
import { checkExample, checkSchema } from '../../answer/check-schema.js';
import { keptRun } from '../../answer/kept-run.js';
import { refusals } from '../../problem.js';
import type { Route } from '../../route.js';

const grade = Type.Enum(['A', 'B', 'C', 'D', 'F']);
const score = Type.Number({ minimum: 0, maximum: 100 });

const qualitySchema = Type.Object(
  {
    success: Type.Literal(true),
    run: Type.String(),
    as_of: asOfSchema,
    finished_at: Type.String({ format: 'date-time' }),
    published: Type.Boolean({ description: 'Whether the run is, or was, the published one.' }),
    grade,
    score,
    checks: Type.Array(
      Type.Object({
        ...checkSchema,
        failed_rows: Type.Integer({ minimum: 0 }),
        total_rows: Type.Integer({ minimum: 0 }),
        passed: Type.Union([Type.Boolean(), Type.Null()]),
        status: Type.Enum(['passed', 'failed', 'waived', 'not applicable']),
        waiver: Type.Optional(
          Type.Object({ reason: Type.String(), until: Type.String({ format: 'date' }), expired: Type.Boolean() }),
        ),
      }),
    ),
    trend: Type.Array(
      Type.Object({
        run: Type.String(),
        as_of: Type.String({ format: 'date' }),
        finished_at: Type.String({ format: 'date-time' }),
        published: Type.Boolean(),
        grade,
        score,
        failed: Type.Integer({ minimum: 0 }),
      }),
      { description: 'The kept runs that were checked, oldest first.' },
    ),
  },
  {
    examples: [
      {
        success: true,
        run: asOfExample.run,
        as_of: asOfExample,
        finished_at: asOfExample.finished_at,
        published: true,
        grade: 'A',
        score: 99.6,
        checks: [{ ...checkExample, failed_rows: 3, total_rows: 59_679, passed: true, status: 'passed' }],
        trend: [
          {
            ...{ run: asOfExample.run, as_of: asOfExample.date, finished_at: asOfExample.finished_at },
            ...{ published: true, grade: 'A', score: 99.6, failed: 0 },
          },
        ],
      },
    ],
  },
);

export const quality: Route = async (app) => {
  const { lake, pendingEntries } = app.parts;
  const schema = {
    tags: ['runs'],
    summary: 'Grade, checks and trend',
    querystring: Type.Object(
      { run: Type.Optional(Type.String({ description: 'A kept run; else the published one.' })) },
      { additionalProperties: false },
    ),
    response: { 200: qualitySchema, ...refusals('RUN_NOT_FOUND', 'NOT_PUBLISHED', 'QUALITY_NOT_CHECKED') },
  };
  app.get('', { schema, config: { reads: 'lake', permission: 'numbers:read', audit: 'none' } }, async (request) => {
    const { run } = request.query;
    const manifest = run === undefined ? await requireCurrent(lake) : await keptRun(lake, run);
    const report = await readQuality(lake, manifest.id);
    const explained = report.checks.map((result) => ({
      ...result,
      explanation: checkNamed(result.id)?.explanation ?? null,
    }));
    return {
      success: true,
      ...report,
      as_of: asOf(manifest, await pendingEntries(manifest)),
      checks: explained,
      trend: await readTrend(lake),
    };
  });
};
