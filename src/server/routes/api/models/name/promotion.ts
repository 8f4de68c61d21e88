// POST /api/models/:name/promote and /rollback: which version answers from now on.
import { Type } from 'typebox';
import { modelNames } from '../../../../../models/plans.js';
import { promote, rollback } from '../../../../../models/registry.js';
import { refusals } from '../../../../problem.js';
import type { Route } from '../../../../route.js';

const time = Type.String({ format: 'date-time' });
const served = Type.Object(
  {
    success: Type.Literal(true),
    model: Type.String(),
    version: Type.String(),
    promoted_at: time,
    before: Type.Array(Type.Object({ version: Type.String(), promoted_at: time }), {
      description: 'What was served before, the newest first.',
    }),
  },
  {
    examples: [
      {
        success: true,
        model: 'readmission',
        version: '000002-0f3a6c1be2d4',
        promoted_at: '2026-03-01T08:15:30.123Z',
        before: [{ version: '000001-9d3a6c1be2d4', promoted_at: '2026-02-01T08:15:30.123Z' }],
      },
    ],
  },
);
const params = Type.Object({ name: Type.Enum([...modelNames]) });

export const promotion: Route = async (app) => {
  const schema = {
    tags: ['predictions'],
    summary: 'Serve a version that is good enough; the next question is answered by it',
    params,
    body: Type.Object(
      { version: Type.String({ maxLength: 100 }) },
      { additionalProperties: false, examples: [{ version: '000002-0f3a6c1be2d4' }] },
    ),
    response: { 200: served, ...refusals('MODEL_UNKNOWN', 'MODEL_NOT_GOOD_ENOUGH', 'LAKE_CONFLICT') },
  };
  app.post(
    '',
    { schema, config: { permission: 'models:write', audit: 'write' } },
    async ({ params: { name }, body: { version } }) => ({
      success: true,
      model: name,
      ...(await promote(app.parts.lake, name, version, new Date())),
    }),
  );
};

export const goingBack: Route = async (app) => {
  const schema = {
    tags: ['predictions'],
    summary: 'Serve the version again that was served before',
    params,
    // A body, though an empty one: a page of somebody else could send a request without one.
    body: Type.Object({}, { additionalProperties: false, examples: [{}] }),
    response: { 200: served, ...refusals('MODEL_NO_EARLIER', 'LAKE_CONFLICT') },
  };
  app.post('', { schema, config: { permission: 'models:write', audit: 'write' } }, async ({ params: { name } }) => ({
    success: true,
    model: name,
    ...(await rollback(app.parts.lake, name, new Date())),
  }));
};
