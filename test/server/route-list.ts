// Every route of the server with its permission, as the routes themselves name it.
import Fastify from 'fastify';
import type { AuditClass } from '../../src/server/audit/audited.js';
import type { Permission } from '../../src/server/auth/permissions.js';
import { routes } from '../../src/server/routes/routes.js';
import type { House } from './house.js';

export interface KnownRoute {
  readonly method: string;
  /** With `:id` where it has a parameter. */
  readonly url: string;
  readonly permission: Permission | undefined;
  readonly audit: AuditClass | undefined;
  /** The table, where it is a record that one may have created. */
  readonly own: string | undefined;
}

export async function routesOf({ server }: House): Promise<KnownRoute[]> {
  const found: KnownRoute[] = [];
  const bare = Fastify();
  const { uploads, audit, parts, predictor, changes, runs } = server;
  bare.decorate('uploads', uploads).decorate('audit', audit);
  bare.decorate('parts', parts).decorate('predictor', predictor).decorate('changes', changes).decorate('runs', runs);
  bare.addHook('onRoute', ({ url, method, config }) => {
    for (const one of [method].flat())
      found.push({
        method: one,
        url,
        permission: config?.permission,
        audit: config?.audit,
        own: config?.own,
      });
  });
  await bare.register(routes);
  await bare.ready();
  await bare.close();
  return found;
}
