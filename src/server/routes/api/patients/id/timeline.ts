// GET /api/patients/:id/timeline: what happened to one patient, the newest first.
import { Type } from 'typebox';
import { readPage } from '../../../../../analytics/rows/rows.js';
import { answerOf } from '../../../../answer/answer.js';
import { asOf, asOfExample } from '../../../../answer/as-of.js';
import { counts, countsOf, cursor, filtering, pageRequest, paging } from '../../../../answer/list.js';
import { rowSchema } from '../../../../answer/row-schema.js';
import { refusals } from '../../../../problem.js';
import { typedRows } from '../../../../records/list.js';
import { requireRecord } from '../../../../records/present.js';
import { asOfOrNull, recordParams } from '../../../../records/schema.js';
import type { Route } from '../../../../route.js';
import { eventColumns, eventOrder, eventsOf, rowsBehind } from '../../../../timeline/events.js';

const event = rowSchema({
  name: 'timeline',
  grain: 'one row for every event',
  description: 'What happened to a patient.',
  key: eventOrder,
  columns: eventColumns,
});

const timelineSchema = Type.Object(
  {
    success: Type.Literal(true),
    as_of: asOfOrNull,
    ...counts,
    events: Type.Array(event),
  },
  {
    examples: [
      {
        success: true,
        as_of: asOfExample,
        ...{ count: 1, total: 1, page: 1, pages: 1, next: null },
        events: [
          {
            ...{ kind: 'diagnosis', date: '2024-02-10', order: 1, visit_id: 'V1001', id: null, code: 'I10' },
            ...{ description: 'Essential hypertension', detail: 'Circulatory' },
          },
        ],
      },
    ],
  },
);

const filters = eventColumns.filter(({ name }) => ['kind', 'date', 'visit_id', 'code'].includes(name));

export const timeline: Route = async (app) => {
  const schema = {
    tags: ['rows'],
    summary: 'What happened to one patient, the newest first',
    description:
      'Visits, stays, diagnoses, procedures, observations and prescriptions in one list; `kind=visit` and `date=2024-01-01..2024-12-31` narrow it. Diagnoses, procedures, observations and stays are those of the run.',
    params: recordParams,
    querystring: Type.Object({ ...paging, ...cursor, ...filtering(filters) }, { additionalProperties: false }),
    response: { 200: timelineSchema, ...refusals('ROW_NOT_FOUND', 'NOT_PUBLISHED') },
  };
  const config = { reads: 'records', permission: 'records:read', audit: 'read', rows: 'events' } as const;
  app.get('', { schema, config }, async (request) => {
    const { id } = request.params;
    const { row } = await requireRecord(request, 'patients', id);
    const { publication, typed, engine } = answerOf(request);
    const happenings = eventsOf(id, String(row.source), {
      paths: (table) => publication?.tables[table]?.paths ?? [],
      typed: (table) => typedRows(typed, table),
    });
    const asked = pageRequest(request.query, eventColumns, eventOrder);
    const { rows, ...page } = await readPage(engine, happenings, asked);
    request.audited = { table: 'patients', ids: [id], beside: rowsBehind(rows) };
    return {
      success: true,
      as_of: publication ? asOf(publication.manifest, typed.count) : null,
      ...countsOf({ rows, ...page }, request.query),
      events: rows,
    };
  });
};
