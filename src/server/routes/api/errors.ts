// GET /api/errors: every code that an answer may bear, with its status and what to do.

import { Type } from 'typebox';
import { errorTable } from '../../../errors.js';
import { problems } from '../../problem.js';
import type { Route } from '../../route.js';

const errorsSchema = Type.Object(
  {
    success: Type.Literal(true),
    errors: Type.Array(
      Type.Object({ code: Type.String(), status: Type.Integer(), title: Type.String(), fix: Type.String() }),
    ),
  },
  {
    examples: [
      {
        success: true,
        errors: [
          {
            code: 'NOT_PUBLISHED',
            status: 404,
            title: errorTable.NOT_PUBLISHED.title,
            fix: errorTable.NOT_PUBLISHED.fix,
          },
        ],
      },
    ],
  },
);

export const errors: Route = async (app) => {
  const schema = { tags: ['catalog'], summary: 'Every coded error', response: { 200: errorsSchema, ...problems } };
  app.get('', { schema, config: { permission: 'open', audit: 'none', rows: 'errors' } }, async () => ({
    success: true,
    errors: Object.entries(errorTable).map(([code, { status, title, fix }]) => ({ code, status, title, fix })),
  }));
};
