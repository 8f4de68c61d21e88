// GET /api/deidentified/patients/:id/timeline: what happened to one patient whom a code stands for.
import { Type } from 'typebox';
import { answerOf } from '../../../answer/answer.js';
import { asOf, asOfExample } from '../../../answer/as-of.js';
import { counts, countsOf, cursor, filtering, paging } from '../../../answer/list.js';
import { rowSchema } from '../../../answer/row-schema.js';
import { deidentifiedTimeline, toldEventColumns, toldEventOrder } from '../../../deidentified/timeline.js';
import { refusals } from '../../../problem.js';
import { asOfOrNull } from '../../../records/schema.js';
import type { Route } from '../../../route.js';

const event = rowSchema({
  name: 'timeline',
  grain: 'one row for every event',
  description: 'What happened to a patient.',
  key: toldEventOrder,
  columns: toldEventColumns,
});

const eventsSchema = Type.Object(
  { success: Type.Literal(true), as_of: asOfOrNull, ...counts, events: Type.Array(event) },
  {
    examples: [
      {
        success: true,
        as_of: asOfExample,
        ...{ count: 1, total: 1, page: 1, pages: 1, next: null },
        events: [
          {
            ...{ kind: 'diagnosis', year: 2024, order: 1, visit_id: '7C3S0A5SBVD62JV8', id: null },
            ...{ code: 'I10', detail: 'Circulatory' },
          },
        ],
      },
    ],
  },
);

const filters = toldEventColumns.filter(({ name }) => ['kind', 'year', 'visit_id', 'code'].includes(name));

export const deidentifiedEvents: Route = async (app) => {
  const schema = {
    tags: ['de-identified'],
    summary: 'What happened to one patient, de-identified, the newest year first',
    params: Type.Object({ id: Type.String({ description: 'The code that lists give.' }) }),
    querystring: Type.Object({ ...paging, ...cursor, ...filtering(filters) }, { additionalProperties: false }),
    response: {
      200: eventsSchema,
      ...refusals('ROW_NOT_FOUND', 'NOT_PUBLISHED', 'FORBIDDEN'),
    },
  };
  const config = { reads: 'records', permission: 'deidentified:read', audit: 'read', rows: 'events' } as const;
  app.get('', { schema, config }, async (request) => {
    const { id } = request.params;
    request.audited = { table: 'deidentified', ids: [id] };
    const page = await deidentifiedTimeline(request, id, request.query);
    const { publication, typed } = answerOf(request);
    const run = publication ? asOf(publication.manifest, typed.count) : null;
    return { success: true, as_of: run, ...countsOf(page, request.query), events: page.rows };
  });
};
