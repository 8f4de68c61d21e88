// GET /api/models/:name/drift: how the inputs of a version have moved, and how its predictions turned out.
import { Type } from 'typebox';
import { driftOf, drift as driftSchema } from '../../../../../models/drift/drift.js';
import { modelNames } from '../../../../../models/plans.js';
import { problems } from '../../../../problem.js';
import type { Route } from '../../../../route.js';

export const drift: Route = async (app) => {
  const schema = {
    tags: ['predictions'],
    summary: 'Whether a version still fits: its inputs beside those of training, its predictions beside what happened',
    params: Type.Object({ name: Type.Enum([...modelNames]) }),
    querystring: Type.Object(
      {
        version: Type.Optional(Type.String({ description: 'The served one where not given.' })),
        from: Type.Optional(Type.String({ format: 'date', description: 'Questions from this day on.' })),
      },
      { additionalProperties: false },
    ),
    response: { 200: Type.Object({ success: Type.Literal(true), drift: driftSchema }), ...problems },
  };
  app.get('', { schema, config: { permission: 'models:read' } }, async ({ params, query }) => {
    const { lake, records, matureOutcomes } = app.parts;
    await matureOutcomes();
    const { predictions } = await records();
    return { success: true, drift: await driftOf(lake, predictions, params.name, query) };
  });
};
