// POST /api/auth/token/revoke: ends a grant, its refresh token and all access tokens of it (RFC 7009).
import { Type } from 'typebox';
import { note } from '../../../../auth/noted.js';
import { requireSignIn } from '../../../../auth/required.js';
import { refusals } from '../../../../problem.js';
import type { Route } from '../../../../route.js';
import { endedSchema } from '../sessions.js';
import { refreshTokenSchema } from '../token.js';

const body = Type.Object(
  { refresh_token: refreshTokenSchema },
  {
    additionalProperties: false,
    examples: [{ refresh_token: 'clr_5f1d7a84db3b6c8ed2a3b4c5d6e7f809_0nWb3xGcQF0mYw0o0l0n3yqv1n2m3b4v5c6x7z8a9s0' }],
  },
);

export const revocation: Route = async (app) => {
  const schema = {
    tags: ['sign-in'],
    summary: 'End a refresh token and its access tokens; the same answer where there was none',
    body,
    response: { 200: endedSchema, ...refusals('SIGN_IN_OFF') },
  };
  app.post('', { schema, config: { permission: 'open', audit: 'sign-in' } }, async (request) => {
    requireSignIn(request);
    const { grants } = await app.directory();
    await grants.end(request.body.refresh_token, (by, detail) => note(request, { action: 'token', by, detail }));
    return { success: true };
  });
};
