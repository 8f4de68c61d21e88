// GET /api/models: every version of every model, and which is served.
import { Type } from 'typebox';
import { modelNames } from '../../../models/plans.js';
import { modelVersions } from '../../../models/registry.js';
import { refusals } from '../../problem.js';
import type { Route } from '../../route.js';

const versionsSchema = Type.Object(
  {
    success: Type.Literal(true),
    models: Type.Array(
      Type.Object({
        model: Type.String(),
        version: Type.String(),
        algorithm: Type.String(),
        source: Type.String(),
        trained_at: Type.String({ format: 'date-time' }),
        promoted: Type.Boolean({ description: 'Whether it is good enough to be served.' }),
        reason: Type.String(),
        served_since: Type.Union([Type.String({ format: 'date-time' }), Type.Null()], {
          description: 'Null where it is not the version that is served.',
        }),
      }),
    ),
  },
  {
    examples: [
      {
        success: true,
        models: [
          {
            ...{ model: 'readmission', version: '000001-0f3a6c1be2d4', algorithm: 'boosting', source: 'default' },
            ...{ trained_at: '2026-03-01T08:20:00.000Z', promoted: true, reason: 'It is better than the base rate.' },
            served_since: '2026-03-01T08:20:05.000Z',
          },
        ],
      },
    ],
  },
);

export const models: Route = async (app) => {
  const schema = {
    tags: ['predictions'],
    summary: 'The versions of the models, the newest first',
    response: { 200: versionsSchema, ...refusals('MODEL_UNKNOWN') },
  };
  app.get('', { schema, config: { permission: 'models:read', audit: 'none', rows: 'models' } }, async () => {
    const { lake } = app.parts;
    const versions = await Promise.all(modelNames.map((name) => modelVersions(lake, name)));
    return { success: true, models: versions.flat() };
  });
};
