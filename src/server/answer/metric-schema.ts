// The shape of an answer of metrics.
import { Type } from 'typebox';

const numbers = Type.Record(Type.String(), Type.Union([Type.Number(), Type.Null()]), {
  description: 'By the name of the metric; null where there is no number to be told.',
});

export const metricSchema = Type.Object({
  name: Type.String(),
  label: Type.String(),
  unit: Type.Union([Type.String(), Type.Null()]),
  format: Type.String({ examples: ['#,##0.0'] }),
  additive: Type.Boolean({ description: 'Whether the rows add up to the total.' }),
  why: Type.Union([Type.String(), Type.Null()], { description: 'Why they do not.' }),
});

export const byValues = Type.Record(Type.String(), Type.Union([Type.String(), Type.Null()]), {
  description: 'By the name of the dimension; null is missing.',
});

export const answerSchema = {
  metrics: Type.Array(metricSchema),
  by: Type.Array(Type.Object({ name: Type.String(), label: Type.String() })),
  rows: Type.Array(Type.Object({ by: byValues, values: numbers, previous: Type.Optional(numbers) })),
  groups: Type.Integer({ minimum: 0, description: 'How many rows there are, of which `rows` are the first.' }),
  total: Type.Object({ values: numbers, previous: Type.Optional(numbers) }),
};
