// Lets a request through to its route, or refuses it: by who asks, and by the permission that the route names.
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { CarelakeError } from '../../errors.js';
import type { RecordTable } from '../../records/entry.js';
import type { Actor } from '../plugins/actor.js';
import { requireOwn } from '../records/own.js';
import { authenticators } from './authenticators.js';
import { setCookie } from './cookies.js';
import { requireOwnPage } from './csrf.js';
import { isInPerson, type Permission, permissionsOf } from './permissions.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What one must be allowed to do. A route without one keeps the server from starting. */
    permission?: Permission;
    /** Of a record by its `:id`: whoever may only have their own is let through to those. */
    own?: RecordTable;
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
    requireOwnPage(request);
    if (permission !== 'open' || identifies) await identify(request, reply);
    if (permission === 'open') return;
    if (request.actor.kind === 'nobody') reply.header('www-authenticate', 'Bearer realm="Carelake"');
    requirePermission(request.actor, ownAlone(request) ? 'records:own' : permission);
  });
  app.addHook('preHandler', async (request) => {
    const { own } = request.routeOptions.config;
    if (own && ownAlone(request)) await requireOwn(request, own);
  });
}

/** Finds out who asks, where people sign in; whoever is not known stays nobody. */
export async function identify(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (request.server.parts.auth === 'off') return;
  request.actor = (await whoAsks(request)) ?? request.actor;
  const { renewed } = request.signedIn ?? {};
  if (renewed !== undefined) setCookie(request, reply, 'session', renewed);
}

/** Whether it is a record of the route that somebody may have if it is their own, and not else. */
function ownAlone({ actor, routeOptions: { config } }: FastifyRequest): boolean {
  const may = permissionsOf(actor.roles);
  return config.own !== undefined && may.has('records:own') && !may.has(config.permission ?? 'open');
}

/** @throws SIGN_IN_REQUIRED, FORBIDDEN, IN_PERSON_ONLY, SIGN_IN_OFF */
function requirePermission({ name, kind, roles }: Actor, permission: Permission | undefined): void {
  if (kind === 'nobody') throw new CarelakeError('SIGN_IN_REQUIRED', 'Only who is signed in is answered here.');
  if (!permission || !permissionsOf(roles).has(permission)) {
    throw new CarelakeError('FORBIDDEN', `${name} (${roles.join(', ') || 'no role'}) may not do that: ${permission}.`);
  }
  if (!isInPerson(permission) || kind === 'user') return;
  if (kind === 'process') throw new CarelakeError('SIGN_IN_OFF', 'Sign-in is off: there are no users here.');
  throw new CarelakeError('IN_PERSON_ONLY', `A ${kind} of ${name} was sent.`);
}

async function whoAsks(request: FastifyRequest): Promise<Actor | undefined> {
  for (const authenticate of authenticators) {
    const actor = await authenticate(request);
    if (actor) return actor;
  }
  return undefined;
}
