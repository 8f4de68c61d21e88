// GET /api/ml/load-models: which models answer now.
import { Type } from 'typebox';
import { modelNames } from '../../../../models/plans.js';
import { readServed } from '../../../../models/registry.js';
import { problems } from '../../../problem.js';
import type { Route } from '../../../route.js';

const modelsSchema = Type.Object(
  {
    success: Type.Literal(true),
    models: Type.Array(
      Type.Object({ name: Type.String(), version: Type.String(), promoted_at: Type.String({ format: 'date-time' }) }),
    ),
  },
  {
    examples: [
      {
        success: true,
        models: [{ name: 'readmission', version: '000001-0f3a6c1be2d4', promoted_at: '2026-03-01T08:15:30.123Z' }],
      },
    ],
  },
);

export const loadModels: Route = async (app) => {
  const schema = {
    tags: ['predictions'],
    summary: 'The models that are served; a promotion is taken up by the next question',
    response: { 200: modelsSchema, ...problems },
  };
  app.get('', { schema, config: { permission: 'models:read', audit: 'none', rows: 'models' } }, async () => {
    const { lake } = app.parts;
    const found = await Promise.all(
      modelNames.map(async (name) => {
        const served = await readServed(lake, name);
        return served ? [{ name, version: served.version, promoted_at: served.promoted_at }] : [];
      }),
    );
    return { success: true, models: found.flat() };
  });
};
