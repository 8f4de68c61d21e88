// Writes the audit line of every request that its route calls for, when the answer is made and before it is given: a read
// that cannot be written down is not answered.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { CarelakeError } from '../../errors.js';
import { userName } from '../../pipeline/land/user-name.js';
import { type AuditEvent, keyOf } from '../../records/audit/line.js';
import type { ServerParts } from '../parts.js';
import { problemInstead } from '../problem.js';
import './audited.js';
import { failureText } from '../failure-text.js';
import { type TakingOver, takesOver } from './take-over.js';

declare module 'fastify' {
  interface FastifyInstance {
    /** `append` is for what no route's class says: sign-ins, rights. @throws AUDIT_FAILED */
    audit: { append(event: AuditEvent): Promise<void>; readonly whole: TakingOver['whole'] };
  }
}

/** Their answers hold a row, or say that what was read before is still right. */
const shows = (status: number): boolean => status < 400 || status === 409;

/** Refusals that say something of a row, or of who asked for one. */
const tells = new Set([403, 404]);

export function writesAudit(app: FastifyInstance, parts: ServerParts): void {
  const { workspace, audit, knownRecords, report } = parts;
  const { soon, whole } = takesOver(app, parts, told);
  app.decorate('audit', { append: async (event: AuditEvent) => (await audit()).append(event), whole });
  app.decorateRequest('audited', null);

  app.addHook('onSend', async (request, reply, payload) => {
    const { audit: kind } = request.routeOptions.config;
    const { statusCode: status } = reply;
    if (kind !== 'read' && kind !== 'export' && kind !== 'ask' && kind !== 'write') return payload;
    if (!shows(status) && !tells.has(status) && !request.audited?.tells) return payload;
    if (request.audited?.written && status < 400) return payload;
    if (request.audited?.inEntry && status < 400) {
      await soon().catch(told);
      return payload;
    }
    const event = eventOf(request, kind, status, workspace);
    const beside = status < 400 ? (request.audited?.beside ?? []) : [];
    const events = [event, ...beside.map((rows) => ({ ...event, ...rows, patients: event.ids }))];
    const line = Promise.all(events.map((one) => app.audit.append(one)));
    if (!shows(status)) {
      await line.catch(told);
      return payload;
    }
    try {
      await line;
      return payload;
    } catch (error) {
      told(error);
      forget(reply, payload);
      return problemInstead(error as CarelakeError, reply);
    }
  });

  app.addHook('onListen', async () => {
    if (!(await knownRecords())) return;
    await whole().catch(told);
    // Of rights that changed when nobody could write the log.
    await app
      .directory()
      .then(async (directory) => directory.handOver(await audit()))
      .catch(told);
    await sealEnd().catch(told);
  });

  /** What stands there from before a new key is held by the first line under it, which must not wait for somebody to ask. */
  async function sealEnd(): Promise<void> {
    const { head, lines, seals, append } = await audit();
    const { sequence } = await head();
    const last = sequence === 0 ? undefined : await lines.get(keyOf(sequence));
    if (seals.own === null || !last || last.body.seal === seals.own) return;
    await append({
      ...{ action: 'seal', outcome: 'done', by: userName(), kind: 'process', from: 'carelake serve', request: null },
      ...{ workspace: null, table: null, ids: [], patients: [], detail: `with the key ${seals.own} from here on` },
    });
  }

  function told(error: unknown): void {
    report(failureText(error));
  }
}

function eventOf(request: FastifyRequest, action: string, status: number, workspace: string): AuditEvent {
  const { actor, ip, id, audited, method, routeOptions } = request;
  const { table = null, ids, patients = [], unchanged = false } = audited ?? {};
  const named = (request.params as { readonly id?: string } | undefined)?.id;
  const asked = [...new Set(new URLSearchParams(request.url.split('?')[1]).keys())];
  return {
    action,
    outcome: status >= 400 ? 'refused' : status === 304 || unchanged ? 'unchanged' : 'done',
    by: actor.name,
    kind: actor.kind,
    from: ip,
    request: id,
    workspace,
    table,
    ids: ids ?? (named === undefined ? [] : [named]),
    patients,
    // Which parameters, not their values: those may be names of patients.
    detail: `${method} ${routeOptions.url}${asked.length > 0 ? `?${asked.join('&')}` : ''} ${status}`,
  };
}

const ofTheAnswer = [
  ...['etag', 'link', 'location', 'content-length', 'content-disposition'],
  ...['x-total-count', 'x-as-of-run', 'x-pending-entries'],
];

/** Nothing of the answer that was to be given stays in the one that is. */
function forget(reply: FastifyReply, payload: unknown): void {
  for (const name of ofTheAnswer) reply.removeHeader(name);
  if (typeof payload === 'object' && payload !== null && 'destroy' in payload) (payload.destroy as () => void)();
}
