// GET /api/lineage/metric: from a number to the rows that it is made of.

import { Type } from 'typebox';
import { columnOfDimension, rowsBehind } from '../../../../analytics/metrics/behind.js';
import { answerMetrics } from '../../../../analytics/metrics/metrics.js';
import { periodText } from '../../../../analytics/metrics/period.js';
import { readQuery } from '../../../../analytics/metrics/read-query.js';
import { whereOf } from '../../../../analytics/metrics/where-text.js';
import { readPage } from '../../../../analytics/rows/rows.js';
import { publishedTableNamed } from '../../../../catalog/catalog.js';
import type { Dimension } from '../../../../catalog/metrics/dimension.js';
import type { Metric } from '../../../../catalog/metrics/metric.js';
import { answerOf, runOf } from '../../../answer/answer.js';
import { asOfExample, asOfRun, asOfSchema } from '../../../answer/as-of.js';
import { counts, countsOf, cursor, pageRequest, paging } from '../../../answer/list.js';
import { byValues, metricSchema } from '../../../answer/metric-schema.js';
import { byWords, namesOf, whereWords } from '../../../answer/metric-words.js';
import { showsRows } from '../../../audit/audited.js';
import { refusals } from '../../../problem.js';
import type { Route } from '../../../route.js';

const behindSchema = Type.Object(
  {
    success: Type.Literal(true),
    as_of: asOfSchema,
    metric: metricSchema,
    number: Type.Union([Type.Number(), Type.Null()], { description: 'The number that the rows make.' }),
    table: Type.String({ description: 'Whose rows they are; with `key`, what /api/lineage takes.' }),
    ...counts,
    rows: Type.Array(
      Type.Object({
        key: Type.String(),
        above: Type.Union([Type.Boolean(), Type.Null()], {
          description: 'Whether the row counts above the line of a share; null of other metrics.',
        }),
        by: byValues,
        row: Type.Record(Type.String(), Type.Unknown(), { description: 'The row as the table has it.' }),
      }),
    ),
  },
  {
    examples: [
      {
        success: true,
        as_of: asOfExample,
        metric: {
          ...{ name: 'readmission_rate', label: 'Readmission Rate', unit: '%', format: '#,##0.0' },
          ...{ additive: false, why: 'a share of the whole is no sum of shares' },
        },
        ...{ number: 15.1, table: 'stays', count: 1, total: 1, page: 1, pages: 1, next: null },
        rows: [{ key: 'V1001', above: false, by: {}, row: { stay_id: 'V1001', patient_id: 'P1001' } }],
      },
    ],
  },
);

const querystring = Type.Object(
  {
    metric: Type.String({ maxLength: 100, examples: ['readmission_rate'] }),
    by: byWords,
    where: whereWords,
    part: Type.Optional(
      Type.Enum(['all', 'above'], { description: '`above`: of a share or ratio, only the rows above the line.' }),
    ),
    ...paging,
    ...cursor,
  },
  { additionalProperties: false },
);

export const behind: Route = async (app) => {
  const schema = {
    tags: ['lineage'],
    summary: 'The rows that a number is made of',
    querystring,
    response: { 200: behindSchema, ...refusals('METRIC_QUERY_INVALID') },
  };
  app.get(
    '',
    { schema, config: { reads: 'run', permission: 'records:read', audit: 'read', rows: 'rows' } },
    async (request) => {
      const { metric: name, by: words, where: conditions = [], part = 'all' } = request.query;
      const where = whereOf(conditions);
      const { metrics, by, where: held } = readQuery({ metrics: [name], by: namesOf(words), where });
      const { tables } = runOf(request);
      const place = { engine: answerOf(request).engine, published: tables };
      const { table, source } = rowsBehind(metrics[0] as Metric, { by, where: held }, part, place);
      const { columns, key } = publishedTableNamed(table);
      const page = await readPage(place.engine, source, pageRequest(paged(request.query), columns, [...key, 'source']));
      showsRows(request, table, key[0] ?? '', page.rows);
      const answer = await answerMetrics({ metrics: [name], where }, place);
      return {
        success: true,
        as_of: asOfRun(request),
        metric: answer.metrics[0],
        number: answer.total.values[name] ?? null,
        table,
        ...countsOf(page, request.query),
        rows: page.rows.map((row) => ({
          key: String(row[key[0] ?? '']),
          above: typeof row._above === 'boolean' ? row._above : null,
          by: Object.fromEntries(by.map((dimension) => [dimension.name, dimensionValue(dimension, row)])),
          row: Object.fromEntries(columns.map((column) => [column.name, row[column.name] ?? null])),
        })),
      };
    },
  );
};

/** Rows come in the order of their key; the other parameters are no filters. */
const paged = ({ page, limit, after }: { page?: number; limit?: number; after?: string }) => ({ page, limit, after });

function dimensionValue(dimension: Dimension, row: Readonly<Record<string, unknown>>): string | null {
  const value = row[columnOfDimension(dimension)] ?? null;
  if (value === null) return null;
  return dimension.period ? periodText(dimension.period, Number(value)) : String(value);
}
