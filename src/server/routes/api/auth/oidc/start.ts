// GET /api/auth/oidc/start: to the provider of OpenID Connect, to sign in there.
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { CarelakeError } from '../../../../../errors.js';
import { setCookie } from '../../../../auth/cookies.js';
import { leadsBack } from '../../../../auth/oidc/lead-back.js';
import { refusals } from '../../../../problem.js';
import type { Route } from '../../../../route.js';

const querystring = Type.Object(
  { to: Type.Optional(Type.String({ maxLength: 1000, description: 'The page to go to then, such as /quality.' })) },
  { additionalProperties: false },
);

const callbackPath = '/api/auth/oidc/callback';

export const oidcStart: Route = async (app) => {
  leadsBack(app, ({ query }) => ownPath((query as { readonly to?: string }).to ?? '/'));
  const schema = {
    tags: ['sign-in'],
    summary: 'Sign in at the provider of OpenID Connect: the browser is sent there',
    querystring,
    response: {
      303: {
        description: 'To the provider; of a browser that is refused to the sign-in page, with the code',
        content: { 'text/plain': { schema: Type.String() } },
      },
      ...refusals('OIDC_OFF', 'OIDC_UNREACHABLE', 'SIGN_IN_OFF'),
    },
  };
  app.get('', { schema, config: { permission: 'open', audit: 'sign-in' } }, async (request, reply) => {
    const { auth, provider } = app.parts;
    if (auth === 'off') throw new CarelakeError('SIGN_IN_OFF', 'Sign-in is off: there are no users here.');
    if (!provider) throw new CarelakeError('OIDC_OFF', 'CARELAKE_OIDC_ISSUER is not set.');
    const { to = '/' } = request.query;
    const { url, nonce, verifier } = await provider.begin(oidcCallback(request).href);
    const { federation } = await app.directory();
    const { state, browser } = await federation.begin({ nonce, verifier, to: ownPath(to) });
    // It must come along when the provider sends the browser back, from another site.
    setCookie(request, reply, 'oidc', browser, 600, 'lax');
    reply.header('cache-control', 'no-store');
    return reply.redirect(url(state).href, 303);
  });
};

/** As the provider must know it. */
export const oidcCallback = ({ protocol, host }: FastifyRequest): URL =>
  new URL(`${protocol}://${host}${callbackPath}`);

/** A page of this server, whatever is asked for: `//evil.example` and `/\evil.example` are none. */
function ownPath(to: string): string {
  const base = 'http://localhost';
  if (!to.startsWith('/') || !URL.canParse(to, base)) return '/';
  const { origin, pathname, search } = new URL(to, base);
  return origin === base && !pathname.startsWith('//') ? pathname + search : '/';
}
