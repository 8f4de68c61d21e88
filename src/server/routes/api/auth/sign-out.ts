// POST /api/auth/sign-out: ends the session of the request.
import { Type } from 'typebox';
import { note } from '../../../auth/noted.js';
import { signOut } from '../../../auth/sign-in.js';
import { refusals } from '../../../problem.js';
import type { Route } from '../../../route.js';

export const signingOut: Route = async (app) => {
  const schema = {
    tags: ['sign-in'],
    summary: 'Sign out: the session ends, also for whoever else knows its cookie',
    body: Type.Object({}, { additionalProperties: false, examples: [{}] }),
    response: {
      200: Type.Object({ success: Type.Literal(true) }, { examples: [{ success: true }] }),
      ...refusals('SIGN_IN_REQUIRED', 'IN_PERSON_ONLY', 'SIGN_IN_OFF'),
    },
  };
  app.post(
    '',
    { schema, config: { permission: 'account:own', audit: 'sign-in', repeats: 'once' } },
    async (request, reply) => {
      await note(request, { action: 'sign-out', detail: 'this session' });
      await signOut(request, reply);
      return { success: true };
    },
  );
};
