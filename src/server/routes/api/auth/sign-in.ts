// POST /api/auth/sign-in: a session for a name and its password.
import { Type } from 'typebox';
import { longestPassword } from '../../../../records/directory/password.js';
import { requireSignIn } from '../../../auth/required.js';
import { sessionSchema } from '../../../auth/session-answer.js';
import { signIn, userBy } from '../../../auth/sign-in.js';
import { refusals } from '../../../problem.js';
import type { Route } from '../../../route.js';

const body = Type.Object(
  { name: Type.String({ maxLength: 200 }), password: Type.String({ maxLength: 4 * longestPassword }) },
  { additionalProperties: false, examples: [{ name: 'ann', password: 'four words nobody expects' }] },
);

export const signingIn: Route = async (app) => {
  const schema = {
    tags: ['sign-in'],
    summary: 'Sign in by name and password: the answer sets the cookie of a session',
    description:
      'Programs need no session: they send an API key with each request. Sent again, it opens another session.',
    body,
    response: { 200: sessionSchema, ...refusals('SIGN_IN_FAILED', 'SIGN_IN_TOO_OFTEN', 'SIGN_IN_OFF') },
  };
  app.post('', { schema, config: { permission: 'open', audit: 'sign-in' } }, async (request, reply) => {
    requireSignIn(request);
    const { name, password } = request.body;
    return signIn(request, reply, await userBy(request, reply, name, password), 'by password');
  });
};
