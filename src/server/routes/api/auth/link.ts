// POST /api/auth/link: redeems a one-time link, by choosing a password.
import { Type } from 'typebox';
import { hashOfNew, longestPassword } from '../../../../records/directory/password.js';
import { authorOf, handOver } from '../../../auth/noted.js';
import { requireSignIn } from '../../../auth/required.js';
import { sessionSchema } from '../../../auth/session-answer.js';
import { signIn } from '../../../auth/sign-in.js';
import { refusals } from '../../../problem.js';
import type { Route } from '../../../route.js';

export const tokenSchema = Type.String({ maxLength: 100, description: 'What stands behind the # of the link.' });

const body = Type.Object(
  { token: tokenSchema, password: Type.String({ maxLength: 4 * longestPassword }) },
  {
    additionalProperties: false,
    examples: [{ token: '0nWb3xGcQF0mYw0o0l0n3yqv1n2m3b4v5c6x7z8a9s0', password: 'four words nobody expects' }],
  },
);

export const link: Route = async (app) => {
  const schema = {
    tags: ['sign-in'],
    summary: 'Choose a password by a one-time link, and be signed in: the answer sets the cookie of a session',
    description: 'All other sessions of the user end, and no other link of theirs is good any more.',
    body,
    response: { 200: sessionSchema, ...refusals('LINK_INVALID', 'PASSWORD_WEAK', 'SIGN_IN_OFF') },
  };
  app.post('', { schema, config: { permission: 'open', audit: 'sign-in' } }, async (request, reply) => {
    requireSignIn(request);
    const { links } = await app.directory();
    const { token, password } = request.body;
    // A password that is too weak leaves the link as good as it was.
    const { user } = await links.look(token);
    const hash = await hashOfNew(password, [user]);
    const owner = await links.redeem(token, hash, authorOf(request));
    await handOver(request);
    return signIn(request, reply, owner, 'by a link');
  });
};
