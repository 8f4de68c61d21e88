// POST /api/auth/token: an access token for a program, on its API key or on the refresh token that it got before.
import { type Static, Type } from 'typebox';
import { CarelakeError } from '../../../../errors.js';
import type { Refreshed } from '../../../../records/directory/grant.js';
import { accessLasts, accessToken } from '../../../auth/access-token.js';
import { note } from '../../../auth/noted.js';
import { requireSignIn } from '../../../auth/required.js';
import { refusals } from '../../../problem.js';
import type { Route } from '../../../route.js';

export const refreshTokenSchema = Type.String({ maxLength: 200, description: 'The one that was given last.' });

const body = Type.Object(
  {
    grant_type: Type.Enum(['client_credentials', 'refresh_token'], {
      description: '`client_credentials`: with `Authorization: Bearer clk_…`. `refresh_token`: with that alone.',
    }),
    refresh_token: Type.Optional(refreshTokenSchema),
  },
  {
    additionalProperties: false,
    examples: [
      { grant_type: 'client_credentials' },
      {
        grant_type: 'refresh_token',
        refresh_token: 'clr_5f1d7a84db3b6c8ed2a3b4c5d6e7f809_0nWb3xGcQF0mYw0o0l0n3yqv1n2m3b4v5c6x7z8a9s0',
      },
    ],
  },
);

const answer = Type.Object(
  {
    success: Type.Literal(true),
    access_token: Type.String({ description: 'To be sent as Authorization: Bearer eyJ…' }),
    token_type: Type.Literal('Bearer'),
    expires_in: Type.Integer({ description: 'Seconds.' }),
    refresh_token: Type.String({ description: 'Good once: with the next access token there is another.' }),
    refresh_expires_at: Type.String({ format: 'date-time' }),
  },
  {
    examples: [
      {
        ...{
          success: true,
          access_token: 'eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9.e30.c2lnbmF0dXJl',
          token_type: 'Bearer',
        },
        ...{ expires_in: 600, refresh_expires_at: '2026-03-31T08:15:30.123Z' },
        refresh_token: 'clr_5f1d7a84db3b6c8ed2a3b4c5d6e7f809_0nWb3xGcQF0mYw0o0l0n3yqv1n2m3b4v5c6x7z8a9s0',
      },
    ],
  },
);

export const token: Route = async (app) => {
  const schema = {
    tags: ['sign-in'],
    summary: 'An access token for a program, good for ten minutes, and a refresh token, good once',
    description:
      'An `Idempotency-Key` counts with `client_credentials` alone. A refresh token that is shown a second time, under a key or not, ends all tokens of its grant: somebody has a copy. So does removing the API key, disabling its user or changing their password.',
    body,
    response: { 200: answer, ...refusals('TOKEN_REFUSED', 'SIGN_IN_REQUIRED', 'SIGN_IN_OFF') },
  };
  app.post(
    '',
    { schema, config: { permission: 'open', identifies: true, audit: 'sign-in', repeats: 'once' } },
    async (request, reply) => {
      requireSignIn(request);
      reply.header('cache-control', 'no-store');
      const { grant_type, refresh_token } = request.body as Static<typeof body>;
      if (grant_type === 'refresh_token') return shown(await refreshed(refresh_token));
      const { keys, grants } = await app.directory();
      const { actor } = request;
      const key = actor.kind === 'key' && actor.id !== null ? await keys.get(actor.id) : undefined;
      const { users } = await app.directory();
      const user = await users.get(actor.name);
      if (!key || !user) throw new CarelakeError('SIGN_IN_REQUIRED', 'Only an API key is given a token: Bearer clk_…');
      await note(request, { action: 'token', detail: `on key ${key.id}` });
      return shown(await grants.give(user, key));

      async function refreshed(shownToken = ''): Promise<Refreshed> {
        const { grants: known } = await app.directory();
        // Before anything changes: a program to which nothing was given shows the same token again.
        const found = await known.refresh(shownToken, (by, what) =>
          note(request, {
            ...{ action: 'token', by },
            ...(what === 'reused' ? { outcome: 'refused' as const, detail: 'shown again: ended' } : { detail: what }),
          }),
        );
        if (found && 'refreshToken' in found) return found;
        throw new CarelakeError('TOKEN_REFUSED', 'The refresh token is not good, or is not any more.');
      }
    },
  );

  const shown = async (granted: Refreshed) => ({
    success: true as const,
    access_token: await accessToken(app, granted),
    token_type: 'Bearer' as const,
    expires_in: accessLasts,
    refresh_token: granted.refreshToken,
    refresh_expires_at: granted.expires_at,
  });
};
