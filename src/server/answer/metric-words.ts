// The language of metrics in an address: names in lists with commas, conditions in the words of the command line.
import { Type } from 'typebox';
import { whereOf } from '../../analytics/metrics/where-text.js';

const names = (description: string, examples: string[]) =>
  Type.Optional(Type.Array(Type.String({ maxLength: 10_000 }), { maxItems: 100, description, examples: [examples] }));

export const byWords = names('Dimensions: a row for each of their values.', ['age_group']);

export const whereWords = Type.Optional(
  Type.Array(Type.String({ maxLength: 1000 }), {
    maxItems: 1000,
    description:
      'dimension=value, dimension!=value, month=2025-01..2025-06; an empty value is missing; one dimension repeated: any of them.',
    examples: [['gender=Female', 'month=2025-01..2025-06']],
  }),
);

export const metricWords = {
  metrics: Type.Array(Type.String({ maxLength: 10_000 }), {
    minItems: 1,
    maxItems: 100,
    examples: [['total_patients']],
  }),
  by: byWords,
  where: whereWords,
  sort: names('Metrics and dimensions of the query, `-` before one for descending.', ['-total_patients']),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, default: 1000 })),
  compare: Type.Optional(Type.Literal('previous', { description: 'Beside each number that of the period before.' })),
};

/** `a,b` and `a&…=b` are the same. */
export const namesOf = (words: readonly string[] = []): string[] =>
  words.flatMap((word) => word.split(',')).filter((name) => name !== '');

interface Words {
  readonly metrics: readonly string[];
  readonly by?: readonly string[];
  readonly where?: readonly string[];
  readonly sort?: readonly string[];
  readonly limit?: number;
  readonly compare?: 'previous';
}

/** The query that the words say, to be checked by who answers it. @throws METRIC_QUERY_INVALID */
export function queryOf({ metrics, by, where = [], sort, limit, compare }: Words) {
  return {
    metrics: namesOf(metrics),
    by: namesOf(by),
    where: whereOf(where),
    sort: namesOf(sort),
    ...(limit !== undefined && { limit }),
    ...(compare !== undefined && { compare }),
  };
}
