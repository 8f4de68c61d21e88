// GET /api/audit/export: lines of the audit log as a file, the oldest first.
import { Readable } from 'node:stream';
import { Type } from 'typebox';
import { allLines } from '../../../../records/audit/find.js';
import { auditQueryOf, lineExample, lineFilters } from '../../../audit/asked-lines.js';
import { auditCsv, auditNdjson, exportOf } from '../../../audit/line-text.js';
import { refusals } from '../../../problem.js';
import type { Route } from '../../../route.js';

const formats = ['csv', 'ndjson'] as const;
const types = { csv: 'text/csv', ndjson: 'application/x-ndjson' } as const;

export const auditExport: Route = async (app) => {
  const schema = {
    tags: ['audit'],
    summary: 'Lines of the audit log as CSV or NDJSON, the oldest first',
    querystring: Type.Object(
      { ...lineFilters, format: Type.Optional(Type.Enum([...formats], { default: 'csv' })) },
      { additionalProperties: false },
    ),
    response: {
      200: {
        description: 'The lines, with every field that the hash covers',
        content: Object.fromEntries(
          formats.map((format) => [
            types[format],
            { schema: Type.String({ examples: [exportOf[format](lineExample)] }) },
          ]),
        ),
      },
      ...refusals('AUDIT_FAILED', 'FORBIDDEN'),
    },
  };
  app.get('', { schema, config: { permission: 'audit:read', audit: 'export' } }, async (request, reply) => {
    const { format = 'csv', ...asked } = request.query;
    const query = auditQueryOf(asked);
    const audit = await app.audit.whole();
    request.audited = { table: 'audit', ids: [], patients: asked.patient === undefined ? [] : [asked.patient] };
    const found = allLines(audit.lines, await audit.head(), query);
    reply
      .type(`${types[format as keyof typeof types]}; charset=utf-8`)
      .header('content-disposition', `attachment; filename="audit.${format}"`);
    return reply.send(Readable.from(format === 'csv' ? auditCsv(found) : auditNdjson(found)));
  });
};
