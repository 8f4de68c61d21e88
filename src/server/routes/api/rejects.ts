// GET /api/rejects: every flaw for which a record was rejected, or every value that was set missing.

import { Type } from 'typebox';
import { type Reason, reasons } from '../../../catalog/reasons.js';
import { countRejects, type RejectRow, readRejects } from '../../../pipeline/rejects.js';
import { answerOf, runOf } from '../../answer/answer.js';
import { asOfRun } from '../../answer/as-of.js';
import { countsOf, cursor, nextIn, paging, placeIn } from '../../answer/list.js';
import { rejectsSchema } from '../../answer/reject-schema.js';
import { problems } from '../../problem.js';
import type { Route } from '../../route.js';

const only = (what: string) =>
  Type.Optional(Type.String({ maxLength: 1000, description: `Only those of this ${what}.` }));

export const rejects: Route = async (app) => {
  const schema = {
    tags: ['runs'],
    summary: 'Records that were rejected, with file, line, field, value and reason',
    querystring: Type.Object(
      {
        ...paging,
        ...cursor,
        kind: Type.Optional(
          Type.Enum(['rejected', 'missing'], {
            description: '`missing`: values of used records that were set missing.',
          }),
        ),
        file: only('file'),
        table: only('table'),
        field: only('field'),
        code: only('reason, by its code'),
      },
      { additionalProperties: false },
    ),
    response: { 200: rejectsSchema, ...problems },
  };
  app.get(
    '',
    { schema, config: { reads: 'run', permission: 'records:read', audit: 'read', rows: 'rejects' } },
    async (request) => {
      const { lake, engine } = answerOf(request);
      const { manifest } = runOf(request);
      const { limit = 50, kind = 'rejected', file, table, field, code } = request.query;
      const offset = placeIn(manifest.id, request.query);
      const selection = { where: { file, table, field, code }, manifest };
      const total = await countRejects(lake, engine, kind, selection);
      const rows: RejectRow[] = [];
      const wanted = { ...selection, limit, offset };
      const explain = (reason: string) => reasons[reason as Reason] ?? reason;
      for await (const row of readRejects(lake, engine, explain, kind, wanted)) rows.push(row);
      request.audited = { table: 'rejects', ids: rows.map((row) => `${row.file}:${row.line ?? row.row ?? ''}`) };
      return {
        success: true,
        as_of: asOfRun(request),
        ...countsOf({ rows, total, next: nextIn(manifest.id, offset + rows.length, total) }, request.query),
        rejects: rows,
      };
    },
  );
};
