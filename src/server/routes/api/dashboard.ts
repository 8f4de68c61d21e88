// GET /api/dashboard: the figures of the first page.

import type { FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { activePatients } from '../../../analytics/active-patients.js';
import { answerOf, runOf } from '../../answer/answer.js';
import { asOfExample, asOfRun, asOfSchema } from '../../answer/as-of.js';
import { distribution, totals } from '../../answer/distribution.js';
import { refusals } from '../../problem.js';
import type { Route } from '../../route.js';

const number = Type.Union([Type.Number(), Type.Null()]);
const label = Type.Union([Type.String(), Type.Null()], { description: 'null: not known.' });

const dashboardSchema = Type.Object(
  {
    success: Type.Literal(true),
    as_of: asOfSchema,
    data: Type.Object({
      summary: Type.Object({
        totalPatients: number,
        totalVisits: number,
        totalPrescriptions: number,
        activeCases: Type.Union([Type.Integer(), Type.Null()], {
          description:
            'Patients with a visit on the day of the run or in the 30 days before; null where no visit has a date.',
        }),
      }),
      ageDistribution: Type.Array(Type.Object({ ageGroup: label, count: number })),
      visitTrends: Type.Array(Type.Object({ month: Type.String(), visits: number })),
      diseaseDistribution: Type.Array(Type.Object({ disease: label, count: number })),
      genderDistribution: Type.Array(Type.Object({ gender: label, value: number })),
    }),
  },
  {
    examples: [
      {
        success: true,
        as_of: asOfExample,
        data: {
          summary: { totalPatients: 12000, totalVisits: 61000, totalPrescriptions: 90000, activeCases: 812 },
          ageDistribution: [{ ageGroup: '0-17', count: 2000 }],
          visitTrends: [{ month: '2024-01', visits: 900 }],
          diseaseDistribution: [{ disease: 'Circulatory', count: 9000 }],
          genderDistribution: [{ gender: 'Female', value: 6100 }],
        },
      },
    ],
  },
);

export const dashboard: Route = async (app) => {
  const schema = {
    tags: ['numbers'],
    summary: 'The figures of the first page',
    response: { 200: dashboardSchema, ...refusals('NOT_PUBLISHED') },
  };
  app.get('', { schema, config: { reads: 'run', permission: 'numbers:read', audit: 'none' } }, async (request) => ({
    success: true,
    as_of: asOfRun(request),
    data: await app.numbersOf(request, 'dashboard', async () => figuresOf(request)),
  }));
};

async function figuresOf(request: FastifyRequest): Promise<Static<typeof dashboardSchema>['data']> {
  const { manifest, tables } = runOf(request);
  const place = { engine: answerOf(request).engine, published: tables };
  const [patients, visits, prescriptions] = await totals(place, [
    'total_patients',
    'total_visits',
    'total_prescriptions',
  ]);
  const ages = await distribution(place, 'total_patients', 'age_group');
  const genders = await distribution(place, 'total_patients', 'gender');
  const diseases = await distribution(place, 'total_visits', 'disease');
  const months = await distribution(place, 'total_visits', 'month');
  return {
    summary: {
      totalPatients: patients ?? null,
      totalVisits: visits ?? null,
      totalPrescriptions: prescriptions ?? null,
      activeCases: await activePatients(place, manifest.as_of),
    },
    ageDistribution: ages.map(({ value, count }) => ({ ageGroup: value, count })),
    // A visit without a date is in no month.
    visitTrends: months.flatMap(({ value, count }) => (value === null ? [] : [{ month: value, visits: count }])),
    diseaseDistribution: diseases.map(({ value, count }) => ({ disease: value, count })),
    genderDistribution: genders.map(({ value, count }) => ({ gender: value, value: count })),
  };
}
