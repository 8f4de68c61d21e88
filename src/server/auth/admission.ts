// Lets a request through to its route, or refuses it: by who asks, and by the permission that the route names.
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import { CarelakeError } from '../../errors.js';
import type { Actor } from '../plugins/actor.js';
import { authenticators } from './authenticators.js';
import { type Permission, permissionsOf } from './permissions.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What one must be allowed to do. A route without one keeps the server from starting. */
    permission?: Permission;
    /** Of an open route: finds out who asks all the same. */
    identifies?: true;
  }
}

/** To be called before the routes, after what refuses requests whoever sends them. */
export function admits(app: FastifyInstance): void {
  const taken: RouteOptions[] = [];
  app.addHook('onRoute', (route) => {
    taken.push(route);
  });
  app.addHook('onReady', async () => {
    const bare = taken.filter(({ config }) => config?.permission === undefined);
    if (bare.length > 0) throw new Error(`No permission is named by ${bare.map(({ url }) => url).join(', ')}.`);
  });
  app.addHook('onRequest', async (request, reply) => {
    const { permission, identifies } = request.routeOptions.config;
    // What is no route is answered so, whoever asks.
    if (request.is404) return;
    if (app.parts.auth === 'on' && (permission !== 'open' || identifies)) {
      request.actor = (await whoAsks(request)) ?? request.actor;
    }
    if (permission === 'open') return;
    if (request.actor.kind === 'nobody') {
      reply.header('www-authenticate', 'Bearer realm="Carelake"');
      throw new CarelakeError('SIGN_IN_REQUIRED', `${request.method} of this path is only for who is signed in.`);
    }
    if (permission && permissionsOf(request.actor.roles).has(permission)) return;
    const { name, roles } = request.actor;
    throw new CarelakeError('FORBIDDEN', `${name} (${roles.join(', ') || 'no role'}) may not do that: ${permission}.`);
  });
}

async function whoAsks(request: FastifyRequest): Promise<Actor | undefined> {
  for (const authenticate of authenticators) {
    const actor = await authenticate(request);
    if (actor) return actor;
  }
  return undefined;
}
