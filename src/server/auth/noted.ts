// The audit lines of sign-ins and of changes of rights: who did it, and to whom.
import type { FastifyRequest } from 'fastify';
import type { AuditEvent } from '../../records/audit/line.js';

export interface Noted {
  /** `sign-in`, `sign-out`, `password`, `link`, `user`, `key`. */
  readonly action: string;
  readonly outcome?: AuditEvent['outcome'];
  /** Whoever the request turned out to come from, where that is not its actor yet. */
  readonly by?: string;
  readonly detail: string;
}

/** @throws AUDIT_FAILED: what cannot be written down is not answered as done */
export async function note(request: FastifyRequest, { action, outcome = 'done', by, detail }: Noted): Promise<void> {
  const { actor, ip, id, server } = request;
  await server.audit.append({
    ...{ action, outcome, by: by ?? actor.name, kind: by === undefined ? actor.kind : 'user', from: ip, request: id },
    ...{ workspace: null, table: null, ids: [], patients: [], detail },
  });
}
