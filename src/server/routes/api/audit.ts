// GET /api/audit: lines of the audit log, the newest first.
import { Type } from 'typebox';
import { findLines } from '../../../records/audit/find.js';
import { auditQueryOf, lineExample, lineFilters, lineSchema } from '../../audit/asked-lines.js';
import { refusals } from '../../problem.js';
import type { Route } from '../../route.js';

const listSchema = Type.Object(
  {
    success: Type.Literal(true),
    count: Type.Integer({ minimum: 0, description: 'Lines on this page.' }),
    searched: Type.Integer({ minimum: 0, description: 'Lines that were looked at for it.' }),
    next: Type.Union([Type.String(), Type.Null()], {
      description:
        'The cursor of the next page, which may be there though this one is empty; null where the log is at its end.',
    }),
    lines: Type.Array(lineSchema),
  },
  { examples: [{ success: true, count: 1, searched: 1, next: '1042', lines: [lineExample] }] },
);

export const auditLines: Route = async (app) => {
  const schema = {
    tags: ['audit'],
    summary: 'Who did what to whose rows, the newest first',
    description:
      'One answer looks at a bounded number of lines, so that a search of a long log may take several: as long as `next` is not null, there may be more. By `from` and `before` a search reads only their time.',
    querystring: Type.Object(
      {
        ...lineFilters,
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 50, description: 'Lines of a page.' })),
        after: Type.Optional(
          Type.String({ pattern: '^[1-9][0-9]{0,14}$', description: 'The `next` of the page before.' }),
        ),
      },
      { additionalProperties: false },
    ),
    response: { 200: listSchema, ...refusals('AUDIT_FAILED', 'FORBIDDEN') },
  };
  app.get('', { schema, config: { permission: 'audit:read', audit: 'read', rows: 'lines' } }, async (request) => {
    const { limit = 50, after, ...asked } = request.query;
    const query = auditQueryOf(asked);
    const audit = await app.audit.whole();
    request.audited = { table: 'audit', ids: [], patients: asked.patient === undefined ? [] : [asked.patient] };
    const place = { query, limit, ...(after !== undefined && { below: Number(after) }) };
    const { lines, next, searched } = await findLines(audit.lines, await audit.head(), place);
    return { success: true, count: lines.length, searched, next: next === null ? null : String(next), lines };
  });
};
