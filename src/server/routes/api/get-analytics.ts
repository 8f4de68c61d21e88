// GET /api/get-analytics: three distributions, under the names that existing scripts read.

import type { FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { answerOf, runOf } from '../../answer/answer.js';
import { asOfExample, asOfRun, asOfSchema } from '../../answer/as-of.js';
import { distribution } from '../../answer/distribution.js';
import { refusals } from '../../problem.js';
import type { Route } from '../../route.js';

const mostDiseases = 10;
const count = Type.Union([Type.Number(), Type.Null()]);
const label = Type.Union([Type.String(), Type.Null()], { description: 'null: not known.' });

const analyticsSchema = Type.Object(
  {
    success: Type.Literal(true),
    analytics: Type.Object({
      age_distribution: Type.Array(Type.Object({ age_group: label, count })),
      gender_distribution: Type.Array(Type.Object({ gender: label, count })),
      disease_distribution: Type.Array(Type.Object({ disease: Type.String(), count }), {
        description: 'The ten diseases with the most visits, and how many these are.',
      }),
    }),
    as_of: asOfSchema,
  },
  {
    examples: [
      {
        success: true,
        analytics: {
          age_distribution: [{ age_group: '0-17', count: 2000 }],
          gender_distribution: [{ gender: 'Female', count: 6100 }],
          disease_distribution: [{ disease: 'Circulatory', count: 9000 }],
        },
        as_of: asOfExample,
      },
    ],
  },
);

export const getAnalytics: Route = async (app) => {
  const schema = {
    tags: ['numbers'],
    summary: 'Patients by age group and gender, visits by disease',
    response: { 200: analyticsSchema, ...refusals('NOT_PUBLISHED') },
  };
  app.get('', { schema, config: { reads: 'run', permission: 'numbers:read', audit: 'none' } }, async (request) => ({
    success: true,
    analytics: await app.numbersOf(request, 'get-analytics', async () => distributionsIn(request)),
    as_of: asOfRun(request),
  }));
};

async function distributionsIn(request: FastifyRequest): Promise<Static<typeof analyticsSchema>['analytics']> {
  const place = { engine: answerOf(request).engine, published: runOf(request).tables };
  const ages = await distribution(place, 'total_patients', 'age_group');
  const genders = await distribution(place, 'total_patients', 'gender');
  const diseases = await distribution(place, 'total_visits', 'disease', ['-total_visits']);
  const known = diseases.flatMap(({ value, count: visits }) =>
    value === null ? [] : [{ disease: value, count: visits }],
  );
  return {
    age_distribution: ages.map(({ value, count: patients }) => ({ age_group: value, count: patients })),
    gender_distribution: genders.map(({ value, count: patients }) => ({ gender: value, count: patients })),
    disease_distribution: known.slice(0, mostDiseases),
  };
}
