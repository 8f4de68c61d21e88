// GET /api/models/:name/drift: how the inputs of a version have moved, and how its predictions turned out.
import { Type } from 'typebox';
import { driftOf, drift as driftSchema } from '../../../../../models/drift/drift.js';
import { modelNames } from '../../../../../models/plans.js';
import { refusals } from '../../../../problem.js';
import type { Route } from '../../../../route.js';

const example = {
  success: true,
  drift: {
    model: 'readmission',
    version: '000001-0f3a6c1be2d4',
    questions: 1204,
    features: [{ feature: 'age', label: 'Age', psi: 0.03, missing_in_training: 0.01, missing_now: 0.02 }],
    outcomes: {
      cases: 640,
      classes: [
        {
          name: 'readmitted',
          observed: 71,
          expected: 64.2,
          ratio: { value: 1.106, low: 0.889, high: 1.376 },
          slope: null,
        },
      ],
      brier: 0.094,
      left_out: { repeated: 12, learned_from: 30, never_known: 5 },
      waiting: 517,
      said: ['Too few for a slope: "readmitted" needs 100 cases with it and without it.'],
    },
  },
};

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
    response: {
      200: Type.Object({ success: Type.Literal(true), drift: driftSchema }, { examples: [example] }),
      ...refusals('MODEL_NOT_SERVED', 'MODEL_UNKNOWN'),
    },
  };
  app.get('', { schema, config: { permission: 'models:read', audit: 'none' } }, async ({ params, query }) => {
    const { lake, records, matureOutcomes } = app.parts;
    await matureOutcomes();
    const { predictions } = await records();
    return { success: true, drift: await driftOf(lake, predictions, params.name, query) };
  });
};
