// The shape of a record that was rejected, and of a list of them.
import { Type } from 'typebox';
import { reasons } from '../../catalog/reasons.js';
import { asOfExample, asOfSchema } from './as-of.js';
import { counts } from './list.js';

const numberOrNull = Type.Union([Type.Integer(), Type.Null()]);

const rejectColumns = {
  file: Type.String(),
  line: numberOrNull,
  row: numberOrNull,
  table: Type.String(),
  field: Type.Union([Type.String(), Type.Null()]),
  value: Type.String({ description: 'As it came, at most 500 characters.' }),
  code: Type.String(),
  reason: Type.String(),
};

export const rejectsSchema = Type.Object(
  {
    success: Type.Literal(true),
    as_of: asOfSchema,
    ...counts,
    rejects: Type.Array(Type.Object(rejectColumns)),
  },
  {
    examples: [
      {
        success: true,
        as_of: asOfExample,
        ...{ count: 1, total: 1, page: 1, pages: 1, next: null },
        rejects: [
          {
            ...{ file: 'visits.csv', line: 42, row: 41, table: 'visits', field: 'visit_date', value: '31.02.2024' },
            ...{ code: 'not_a_date', reason: reasons.not_a_date },
          },
        ],
      },
    ],
  },
);
