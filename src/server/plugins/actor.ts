// Who asks. Where sign-in is off, only programs of this machine are answered, and it is the user of this process; else
// src/server/auth/admission.ts finds out. Writes and audit lines take it from nowhere else.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { userName } from '../../pipeline/land/user-name.js';
import type { ActorKind } from '../../records/audit/line.js';
import { type Role, roles } from '../../records/directory/role.js';
import type { AuditLine } from '../../records/entry.js';

export interface Actor {
  /** As the audit log names them. */
  readonly name: string;
  /** The user of this process, a signed-in user, an API key or token of one, or nobody that is known. */
  readonly kind: ActorKind;
  /** Of the user; of a key or token its own. */
  readonly id: string | null;
  readonly roles: readonly Role[];
}

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor;
  }
}

const nobody: Actor = { name: 'nobody', kind: 'nobody', id: null, roles: [] };

export function knowsActors(app: FastifyInstance): void {
  const first: Actor =
    app.parts.auth === 'on' ? nobody : { name: userName(), kind: 'process', id: null, roles: [...roles] };
  // Of requests that are refused before any hook, too.
  app.decorateRequest('actor', null as unknown as Actor);
  app.addHook('onRequest', (request, _reply, done) => {
    request.actor = first;
    done();
  });
}

/** What the audit log keeps of a write. */
export const auditLine = ({ actor, ip, id }: FastifyRequest): AuditLine => ({
  by: actor.name,
  kind: actor.kind,
  from: ip,
  request: id,
});
