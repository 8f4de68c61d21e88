// Whoever signed in, by the cookie of their session.
import type { Authenticator } from './authenticator.js';
import { cookieIn } from './cookies.js';
import { requireCsrf } from './csrf.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** It is asked by itself, so that it does not show that somebody is at it. */
    unattended?: true;
  }
}

/** What a page sends that asks by itself while nobody is at it. */
const unattended = 'x-unattended';

/** @throws CSRF_REFUSED */
export const bySession: Authenticator = async (request) => {
  // Who says who they are means that, and not what the browser adds.
  if (request.headers.authorization !== undefined) return undefined;
  const token = cookieIn(request, 'session');
  if (token === undefined) return undefined;
  const { sessions } = await request.server.directory();
  const isAttended = request.headers[unattended] === undefined && !request.routeOptions.config.unattended;
  const found = await sessions.find(token, isAttended);
  if (!found) return undefined;
  requireCsrf(request, found.session);
  request.signedIn = found;
  const { name, roles } = found.user;
  return { name, kind: 'user', id: name, roles };
};
