// GET /api/quality/:check: the rows that fail a check.

import { Type } from 'typebox';
import { checkNamed } from '../../../../catalog/checks.js';
import { CarelakeError } from '../../../../errors.js';
import { requireCurrent } from '../../../../pipeline/publish/manifest.js';
import { type FailingRow, readFailingRows } from '../../../../pipeline/quality/failing.js';
import { readQuality } from '../../../../pipeline/quality/read.js';
import { answerOf } from '../../../answer/answer.js';
import { asOf, asOfExample, asOfSchema } from '../../../answer/as-of.js';
import { checkExample, checkSchema } from '../../../answer/check-schema.js';
import { keptRun } from '../../../answer/kept-run.js';
import { counts, countsOf, cursor, nextIn, paging, placeIn } from '../../../answer/list.js';
import { refusals } from '../../../problem.js';
import type { Route } from '../../../route.js';

const textOrNull = Type.Union([Type.String(), Type.Null()]);
const numberOrNull = Type.Union([Type.Integer(), Type.Null()]);

const failingSchema = Type.Object(
  {
    success: Type.Literal(true),
    as_of: asOfSchema,
    check: Type.Object(checkSchema),
    ...counts,
    rows: Type.Array(
      Type.Object({
        source: Type.String(),
        key: textOrNull,
        value: textOrNull,
        batch: numberOrNull,
        file: textOrNull,
        row: numberOrNull,
        line: numberOrNull,
        used: Type.Boolean({ description: 'Whether it stands in the published table.' }),
      }),
    ),
  },
  {
    examples: [
      {
        success: true,
        as_of: asOfExample,
        check: checkExample,
        ...{ count: 1, total: 1, page: 1, pages: 1, next: null },
        rows: [
          {
            ...{ source: 'default', key: 'V1001', value: '12', batch: 1, file: 'visits.csv' },
            ...{ row: 41, line: 42, used: true },
          },
        ],
      },
    ],
  },
);

export const failing: Route = async (app) => {
  const schema = {
    tags: ['runs'],
    summary: 'The rows that fail a check',
    params: Type.Object({ check: Type.String({ examples: ['visits.severity_score.range'] }) }),
    querystring: Type.Object(
      { ...paging, ...cursor, run: Type.Optional(Type.String()) },
      { additionalProperties: false },
    ),
    response: {
      200: failingSchema,
      ...refusals('CHECK_UNKNOWN', 'RUN_NOT_FOUND', 'NOT_PUBLISHED', 'QUALITY_NOT_CHECKED'),
    },
  };
  app.get(
    '',
    { schema, config: { reads: 'lake', permission: 'records:read', audit: 'read', rows: 'rows' } },
    async (request) => {
      const { lake, engine } = answerOf(request);
      const { run, limit = 50 } = request.query;
      const check = checkNamed(request.params.check);
      if (!check) throw new CarelakeError('CHECK_UNKNOWN', `There is no check ${request.params.check.slice(0, 200)}.`);
      const manifest = run === undefined ? await requireCurrent(lake) : await keptRun(lake, run);
      const report = await readQuality(lake, manifest.id);
      const result = report.checks.find(({ id }) => id === check.id);
      const rows: FailingRow[] = [];
      const offset = placeIn(manifest.id, request.query);
      const wanted = { check: check.id, run: manifest.id, limit, offset };
      for await (const row of readFailingRows(lake, engine, wanted)) rows.push(row);
      request.audited = {
        table: check.table,
        ids: rows.map(({ key, file, row }) => key ?? `${file ?? ''}:${row ?? ''}`),
      };
      const total = result?.failed_rows ?? 0;
      const { look: _, ...described } = { ...check, threshold: result?.threshold ?? check.threshold };
      return {
        success: true,
        as_of: asOf(manifest, await app.parts.pendingEntries(manifest)),
        check: described,
        ...countsOf({ rows, total, next: nextIn(manifest.id, offset + rows.length, total) }, request.query),
        rows,
      };
    },
  );
};
