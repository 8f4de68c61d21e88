// The route of what a record was: every version with who wrote it and when, the newest first.
import { Type } from 'typebox';
import type { Entry, RecordTable, Values } from '../../records/entry.js';
import { counts, countsOf, cursor, pageOf, paging } from '../answer/list.js';
import { refusals } from '../problem.js';
import type { Route } from '../route.js';
import { requireRecord } from './present.js';
import { namesOf, recordParams, versionSchema } from './schema.js';

const values = Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()]);

const historySchema = Type.Object(
  {
    success: Type.Literal(true),
    ...counts,
    history: Type.Array(
      Type.Object({
        version: versionSchema,
        kind: Type.Enum(['create', 'change', 'delete']),
        at: Type.String({ format: 'date-time' }),
        by: Type.String(),
        changed: Type.Array(Type.String(), { description: 'The fields that are another than before.' }),
        before: values,
        after: values,
      }),
    ),
  },
  {
    examples: [
      {
        ...{ success: true, count: 1, total: 1, page: 1, pages: 1, next: null },
        history: [
          {
            ...{ version: 1, kind: 'change', at: '2026-03-01T08:15:30.123Z', by: 'ann', changed: ['bmi'] },
            ...{ before: { patient_id: 'P1', bmi: 27 }, after: { patient_id: 'P1', bmi: 28.4 } },
          },
        ],
      },
    ],
  },
);

export function historyRoute(table: RecordTable): Route {
  const schema = {
    tags: ['records'],
    summary: `What a ${namesOf(table).shown} was: every version that was typed, the newest first`,
    description: 'Empty of a record that was never typed or changed here; /api/lineage says what files brought.',
    params: recordParams,
    querystring: Type.Object({ ...paging, ...cursor }, { additionalProperties: false }),
    response: { 200: historySchema, ...refusals('ROW_NOT_FOUND', 'NOT_PUBLISHED') },
  };
  return async (app) => {
    const config = {
      reads: 'records',
      permission: 'records:read',
      own: table,
      audit: 'read',
      rows: 'history',
    } as const;
    app.get('', { schema, config }, async (request) => {
      const { id } = request.params;
      const entries = (await (await app.parts.knownRecords())?.entries.history(table, id)) ?? [];
      if (entries.length === 0) await requireRecord(request, table, id);
      const patients = entries.map(({ before, after }) => String((after ?? before)?.patient_id ?? ''));
      request.audited = { table, ids: [id], ...(table !== 'patients' && { patients: patients.filter(Boolean) }) };
      const page = pageOf(entries.reverse(), request.query, ({ sequence }) => String(sequence));
      return { success: true, ...countsOf(page, request.query), history: page.rows.map(shown) };
    });
  };
}

const shown = ({ version, kind, at, audit, before, after }: Entry) => ({
  version,
  kind,
  at,
  by: audit.by,
  changed: changedFields(before ?? {}, after ?? {}),
  before,
  after,
});

function changedFields(before: Values, after: Values): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}
