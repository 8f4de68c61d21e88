// GET /api/lineage: from a row of a published table to the file and line that it came from.

import { Type } from 'typebox';
import { traceRow } from '../../../pipeline/lineage.js';
import { answerOf, runOf } from '../../answer/answer.js';
import { asOfExample, asOfRun, asOfSchema } from '../../answer/as-of.js';
import { refusals } from '../../problem.js';
import type { Route } from '../../route.js';

const textOrNull = Type.Union([Type.String(), Type.Null()]);

const lineageSchema = Type.Object(
  {
    success: Type.Literal(true),
    as_of: asOfSchema,
    lineage: Type.Object({
      run: Type.String(),
      table: Type.String(),
      key: Type.String(),
      step: Type.String({ description: 'The step that made the row.' }),
      complete: Type.Boolean({ description: 'False where the row has more rows behind it than are followed.' }),
      rows: Type.Array(
        Type.Object({
          table: Type.String(),
          disposition: Type.Enum(['used', 'duplicate', 'rejected', 'not_used']),
          reason: textOrNull,
          winner: Type.Union([Type.Object({ file: Type.String(), row: Type.Integer() }), Type.Null()]),
          batch: Type.Object({
            id: Type.String(),
            sequence: Type.Integer(),
            source: Type.String(),
            landed: Type.String({ format: 'date' }),
          }),
          file: Type.String(),
          line: Type.Union([Type.Integer(), Type.Null()]),
          row: Type.Integer(),
          step: Type.String(),
          values: Type.Array(
            Type.Object({
              field: Type.String(),
              column: Type.String({ description: 'The column of the file.' }),
              original: textOrNull,
              value: Type.Unknown({ description: 'As it stands in the table.' }),
              reason: textOrNull,
            }),
          ),
        }),
      ),
    }),
  },
  {
    examples: [
      {
        success: true,
        as_of: asOfExample,
        lineage: {
          ...{ run: asOfExample.run, table: 'visits', key: 'V1001', complete: true },
          step: 'e0c03f78742df202425a27158e34125ae94730a4c5fe29a430f69899a8aa0335',
          rows: [
            {
              ...{ table: 'visits', disposition: 'used', reason: null, winner: null },
              batch: { id: '4917d859433185e4', sequence: 1, source: 'default', landed: '2026-03-01' },
              ...{ file: 'visits.csv', line: 42, row: 41 },
              step: 'd3a4c7a4731084f550ad8ad3fc014dc9a51cd3ccc9094d62f4c079d27feb1c8f',
              values: [
                { field: 'visit_date', column: 'Date', original: '10/02/2024', value: '2024-02-10', reason: null },
              ],
            },
          ],
        },
      },
    ],
  },
);

export const lineage: Route = async (app) => {
  const schema = {
    tags: ['lineage'],
    summary: 'Where a row came from: step, batch, file and line, with the values as they came',
    querystring: Type.Object(
      {
        table: Type.String({ maxLength: 100, examples: ['visits'] }),
        key: Type.String({ maxLength: 1000, description: 'As the table shows it.', examples: ['V1-1'] }),
      },
      { additionalProperties: false },
    ),
    response: { 200: lineageSchema, ...refusals('TABLE_NOT_FOUND', 'ROW_NOT_FOUND') },
  };
  app.get('', { schema, config: { reads: 'run', permission: 'records:read', audit: 'read' } }, async (request) => {
    const { lake, engine } = answerOf(request);
    const { manifest } = runOf(request);
    const { table, key } = request.query;
    const traced = await traceRow(lake, engine, table, key, manifest);
    request.audited = { table, ids: [key] };
    return { success: true, as_of: asOfRun(request), lineage: traced };
  });
};
