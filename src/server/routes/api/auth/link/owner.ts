// POST /api/auth/link/owner: whose link it is, for whoever is about to choose a password. Not GET: no token stands in an address.
import { Type } from 'typebox';
import { requireSignIn } from '../../../../auth/required.js';
import { refusals } from '../../../../problem.js';
import type { Route } from '../../../../route.js';
import { tokenSchema } from '../link.js';

const owner = Type.Object(
  { success: Type.Literal(true), user: Type.String(), expires_at: Type.String({ format: 'date-time' }) },
  { examples: [{ success: true, user: 'ann', expires_at: '2026-03-04T08:15:30.123Z' }] },
);

export const linkOwner: Route = async (app) => {
  const schema = {
    tags: ['sign-in'],
    summary: 'Whose a one-time link is, and until when it is good; it stays so',
    body: Type.Object(
      { token: tokenSchema },
      { additionalProperties: false, examples: [{ token: '0nWb3xGcQF0mYw0o0l0n3yqv1n2m3b4v5c6x7z8a9s0' }] },
    ),
    response: { 200: owner, ...refusals('LINK_INVALID', 'SIGN_IN_OFF') },
  };
  app.post('', { schema, config: { permission: 'open', audit: 'none' } }, async (request) => {
    requireSignIn(request);
    const { links } = await app.directory();
    return { success: true, ...(await links.look(request.body.token)) };
  });
};
