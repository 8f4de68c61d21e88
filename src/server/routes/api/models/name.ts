// GET /api/models/:name: the card of a model, of the version asked for, or the served one.
import { Type } from 'typebox';
import { modelCard } from '../../../../models/card/schema.js';
import { modelNames } from '../../../../models/plans.js';
import { readCard } from '../../../../models/registry.js';
import { cardExample } from '../../../answer/card-example.js';
import { refusals } from '../../../problem.js';
import type { Route } from '../../../route.js';

export const card: Route = async (app) => {
  const schema = {
    tags: ['predictions'],
    summary: 'The card of a model: what it is, how good it is, and for whom',
    params: Type.Object({ name: Type.Enum([...modelNames]) }),
    querystring: Type.Object(
      { version: Type.Optional(Type.String({ description: 'Else the served one, before any is the newest.' })) },
      { additionalProperties: false },
    ),
    response: {
      200: Type.Object(
        { success: Type.Literal(true), card: modelCard },
        { examples: [{ success: true, card: cardExample }] },
      ),
      ...refusals('MODEL_NOT_SERVED', 'MODEL_UNKNOWN'),
    },
  };
  app.get('', { schema, config: { permission: 'models:read', audit: 'none' } }, async (request) => ({
    success: true,
    card: await readCard(app.parts.lake, request.params.name, request.query.version),
  }));
};
