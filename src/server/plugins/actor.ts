// Who asks. There is no sign-in yet, and only programs of this machine are answered: so it is the user of this process.
// Whatever signs people in sets `request.actor` here; writes and their audit lines take it from nowhere else.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { userName } from '../../pipeline/land/user-name.js';
import type { AuditLine } from '../../records/entry.js';

export interface Actor {
  /** As the audit log names them. */
  readonly name: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor;
  }
}

export function knowsActors(app: FastifyInstance): void {
  const user: Actor = { name: userName() };
  // A getter, since an object may not be shared among requests unless it is never changed.
  app.decorateRequest('actor', { getter: () => user });
}

/** What the audit log keeps of a write. */
export const auditLine = ({ actor, ip, id }: FastifyRequest): AuditLine => ({ by: actor.name, from: ip, request: id });
