// GET /api/catalog: what there is to ask for: tables with their columns, metrics, dimensions, checks, reasons.

import { Type } from 'typebox';
import type { Column } from '../../../analytics/rows/value.js';
import { publishedTables } from '../../../catalog/catalog.js';
import { checks } from '../../../catalog/checks.js';
import { metricReference } from '../../../catalog/metrics/reference.js';
import { reasons } from '../../../catalog/reasons.js';
import { version } from '../../../version.js';
import { checkExample, checkSchema } from '../../answer/check-schema.js';
import { problems } from '../../problem.js';
import type { Route } from '../../route.js';

const textOrNull = Type.Union([Type.String(), Type.Null()]);
const numberOrNull = Type.Union([Type.Number(), Type.Null()]);
const textsOrNull = Type.Union([Type.Array(Type.String()), Type.Null()]);

const catalogSchema = Type.Object(
  {
    success: Type.Literal(true),
    version: Type.String(),
    tables: Type.Array(
      Type.Object({
        name: Type.String(),
        grain: Type.String(),
        description: Type.String(),
        key: Type.Array(Type.String()),
        columns: Type.Array(
          Type.Object({
            name: Type.String(),
            type: Type.String(),
            description: Type.String(),
            unit: textOrNull,
            min: numberOrNull,
            max: numberOrNull,
            values: textsOrNull,
            required: Type.Boolean(),
            identifier: Type.Union([Type.String(), Type.Null()], { description: 'Its class under HIPAA Safe Harbor.' }),
          }),
        ),
      }),
    ),
    metrics: Type.Array(
      Type.Object({
        name: Type.String(),
        label: Type.String(),
        unit: textOrNull,
        format: Type.String(),
        definition: Type.String(),
        table: Type.String(),
        missing: Type.String(),
        empty: Type.String(),
        additive: Type.Boolean(),
        why: textOrNull,
        dimensions: Type.Array(Type.String()),
      }),
    ),
    dimensions: Type.Array(
      Type.Object({
        name: Type.String(),
        label: Type.String(),
        description: Type.String(),
        values: textsOrNull,
        period: textOrNull,
      }),
    ),
    checks: Type.Array(Type.Object(checkSchema)),
    reasons: Type.Record(Type.String(), Type.String()),
  },
  {
    examples: [
      {
        ...{ success: true, version: '0.1.0' },
        tables: [
          {
            ...{
              name: 'patients',
              grain: 'one row for every patient',
              description: 'The patients.',
              key: ['patient_id'],
            },
            columns: [
              {
                ...{ name: 'bmi', type: 'decimal', description: 'Body mass index.', unit: 'kg/m²', min: 10, max: 80 },
                ...{ values: null, required: false, identifier: null },
              },
            ],
          },
        ],
        metrics: [
          {
            ...{ name: 'total_patients', label: 'Total Patients', unit: null, format: '#,##0', table: 'patients' },
            ...{ definition: 'count of patients', missing: 'counts', empty: '0', additive: true, why: null },
            dimensions: ['gender'],
          },
        ],
        dimensions: [
          { name: 'gender', label: 'Gender', description: 'Of the patient.', values: ['Female', 'Male'], period: null },
        ],
        checks: [checkExample],
        reasons: { not_a_date: reasons.not_a_date },
      },
    ],
  },
);

export const catalog: Route = async (app) => {
  const schema = {
    tags: ['catalog'],
    summary: 'What there is to ask for',
    response: { 200: catalogSchema, ...problems },
  };
  app.get('', { schema, config: { permission: 'open', audit: 'none' } }, async () => ({
    success: true,
    version,
    tables: Object.values(publishedTables).map(({ name, grain, description, key, columns }) => ({
      name,
      grain,
      description,
      key,
      columns: columns.map(columnOf),
    })),
    ...metricReference(),
    checks: checks.map(({ look: _, ...check }) => check),
    reasons,
  }));
};

function columnOf(column: Column) {
  const { name, type, description, unit = null, identifier = null } = column;
  const field = 'synonyms' in column ? column : undefined;
  const values = field?.values?.map(({ value }) => value) ?? null;
  const { min = null, max = null, required = false } = field ?? {};
  return { name, type, description, unit, min, max, values, required, identifier };
}
