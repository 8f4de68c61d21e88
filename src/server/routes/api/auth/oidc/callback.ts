// GET /api/auth/oidc/callback: where the provider sends the browser back to, with a code for who signed in there.
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { CarelakeError } from '../../../../../errors.js';
import { clearCookie, cookieIn } from '../../../../auth/cookies.js';
import { authorOf, handOver, note } from '../../../../auth/noted.js';
import { leadsBack } from '../../../../auth/oidc/lead-back.js';
import { userOf } from '../../../../auth/oidc/user-of.js';
import { signIn } from '../../../../auth/sign-in.js';
import { refusals } from '../../../../problem.js';
import type { Route } from '../../../../route.js';
import { oidcCallback } from './start.js';

const text = Type.Optional(Type.String({ maxLength: 4000 }));

/** Providers add what they like. */
const querystring = Type.Object({ state: text, code: text, error: text, iss: text }, { additionalProperties: true });

export const oidcReturn: Route = async (app) => {
  const wanted = new WeakMap<FastifyRequest, string>();
  leadsBack(app, (request) => wanted.get(request) ?? '/');
  const schema = {
    tags: ['sign-in'],
    summary: 'Where the provider of OpenID Connect sends the browser back to: sets the cookie of a session',
    querystring,
    response: {
      303: {
        description: 'To the page that was asked for; of a browser that is refused to the sign-in page, with the code',
        content: { 'text/plain': { schema: Type.String() } },
      },
      ...refusals('OIDC_REFUSED', 'OIDC_OFF', 'OIDC_UNREACHABLE', 'SIGN_IN_OFF'),
    },
  };
  app.get('', { schema, config: { permission: 'open', audit: 'sign-in' } }, async (request, reply) => {
    const { auth, provider } = app.parts;
    if (auth === 'off') throw new CarelakeError('SIGN_IN_OFF', 'Sign-in is off: there are no users here.');
    if (!provider) throw new CarelakeError('OIDC_OFF', 'CARELAKE_OIDC_ISSUER is not set.');
    reply.header('cache-control', 'no-store');
    const directory = await app.directory();
    const { state = '' } = request.query;
    const begun = await directory.federation.take(state, cookieIn(request, 'oidc') ?? '');
    clearCookie(request, reply, 'oidc', 'lax');
    if (!begun) throw new CarelakeError('OIDC_REFUSED', 'This browser did not begin to sign in, or too long ago.');
    wanted.set(request, begun.to);
    const [, search = ''] = request.url.split('?', 2);
    const callback = oidcCallback(request);
    callback.search = search;
    try {
      const user = await userOf(directory, await provider.finish(callback, begun), authorOf(request));
      await handOver(request);
      await signIn(request, reply, user, 'by OpenID Connect');
    } catch (error) {
      const detail = error instanceof CarelakeError ? error.code : 'INTERNAL';
      await note(request, { action: 'sign-in', outcome: 'refused', detail: `by OpenID Connect: ${detail}` });
      throw error;
    }
    return reply.redirect(begun.to, 303);
  });
};
