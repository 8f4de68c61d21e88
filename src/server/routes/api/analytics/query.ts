// GET and POST /api/analytics/query: the numbers of the catalog, by dimensions, where conditions hold.

import type { FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { answerMetrics } from '../../../../analytics/metrics/metrics.js';
import { answerOf, runOf } from '../../../answer/answer.js';
import { asOfExample, asOfRun, asOfSchema } from '../../../answer/as-of.js';
import { answerSchema } from '../../../answer/metric-schema.js';
import { metricWords, queryOf } from '../../../answer/metric-words.js';
import type { Row, RowTable } from '../../../answer/row-text.js';
import { refusals } from '../../../problem.js';
import type { Route } from '../../../route.js';

const bodySchema = Type.Object(
  { success: Type.Literal(true), as_of: asOfSchema, ...answerSchema },
  {
    examples: [
      {
        success: true,
        as_of: asOfExample,
        metrics: [
          { name: 'total_patients', label: 'Total Patients', unit: null, format: '#,##0', additive: true, why: null },
        ],
        by: [{ name: 'gender', label: 'Gender' }],
        rows: [{ by: { gender: 'Female' }, values: { total_patients: 6100 } }],
        groups: 2,
        total: { values: { total_patients: 12000 } },
      },
    ],
  },
);

/** What is wrong with it is said by who answers it, all at once and with what was probably meant. */
const question = Type.Unknown({
  description:
    '`metrics`, and where wanted `by`, `where`, `sort`, `limit`, `compare`. In `where`, a value or a list of values ' +
    'means any of them and null is missing; `{ in, not, from, to }` says more.',
  examples: [
    {
      metrics: ['total_patients'],
      by: ['age_group'],
      where: { gender: ['Female'] },
      sort: ['-total_patients'],
      limit: 100,
    },
  ],
});

/** A column for each dimension and each metric, and for each of the period before where that was asked for. */
function groupsIn(body: Row): RowTable {
  const { by, metrics, rows, total } = body as Omit<Static<typeof bodySchema>, 'success'>;
  const before = total.previous ? metrics.map(({ name }) => previousOf(name)) : [];
  return {
    columns: [...by.map(({ name }) => name), ...metrics.map(({ name }) => name), ...before],
    rows: rows.map(({ by: keys, values, previous = {} }) => ({
      ...keys,
      ...values,
      ...Object.fromEntries(Object.entries(previous).map(([name, value]) => [previousOf(name), value])),
    })),
  };
}

const previousOf = (metric: string): string => `${metric}_previous`;

export const metricQuery: Route = async (app) => {
  const described = {
    tags: ['numbers'],
    summary: 'Metrics by dimensions, where conditions hold',
    response: { 200: bodySchema, ...refusals('METRIC_QUERY_INVALID', 'METRIC_TOO_MANY_GROUPS') },
  };
  const answer = async (request: FastifyRequest, query: unknown) => {
    const { tables } = runOf(request);
    const { engine } = answerOf(request);
    const found = await answerMetrics(query, { engine, published: tables });
    return { success: true, as_of: asOfRun(request), ...found };
  };
  const querystring = Type.Object(metricWords, { additionalProperties: false });
  const config = { reads: 'run', permission: 'numbers:read', audit: 'none', rows: groupsIn } as const;
  app.get('', { schema: { ...described, querystring }, config }, async (request) =>
    answer(request, queryOf(request.query)),
  );
  app.post('', { schema: { ...described, body: question }, config }, async (request) => answer(request, request.body));
};
