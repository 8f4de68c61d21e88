// The audit lines of sign-ins and of changes of rights: who did it, and to whom.
import type { FastifyRequest } from 'fastify';
import type { AuditEvent } from '../../records/audit/line.js';
import type { Author } from '../../records/directory/witness.js';
import { failureText } from '../failure-text.js';

export interface Noted {
  /** `sign-in`, `sign-out`, `link`; a `password` that was refused. Changes of rights bear their lines themselves. */
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

/** Who changes a right by this request. */
export const authorOf = ({ actor, ip, id }: FastifyRequest): Author => ({
  ...{ by: actor.name, kind: actor.kind, from: ip, request: id },
});

/** The line of a right that has just changed stands beside it, and follows into the log; at the latest at the next start. */
export async function handOver({ server }: FastifyRequest): Promise<void> {
  try {
    await (await server.directory()).handOver(await server.parts.audit());
  } catch (error) {
    server.parts.report(failureText(error));
  }
}
