// Puts items onto the work list and changes them: the line of the audit log first, then the one write that decides.
import type { FastifyRequest } from 'fastify';
import { CarelakeError } from '../../errors.js';
import type { Collection, Document } from '../../records/documents.js';
import { permissionsOf } from '../auth/permissions.js';
import { type Change, changed, fresh, type Item, itemId, type Reason, worklistCollection } from './item.js';

export const worklistOf = async ({ server }: FastifyRequest): Promise<Collection<Item>> =>
  (await server.parts.records()).documents.collection(worklistCollection);

/** Who changes it, and when. */
export const changeBy = ({ actor }: FastifyRequest): Pick<Change, 'by' | 'at'> => ({
  by: actor.name,
  at: new Date().toISOString(),
});

/**
 * An item that was closed is opened again, with what was done before.
 * @throws WORKLIST_ITEM_EXISTS where it is open
 */
export async function putOnList(
  request: FastifyRequest,
  patient: string,
  reason: Reason,
  change: Change,
): Promise<Document<Item>> {
  const items = await worklistOf(request);
  const id = itemId(reason, patient);
  for (;;) {
    const found = await items.get(id);
    if (found?.body.state === 'open') throw existing(found);
    await noteItem(request, id, patient, `${reason}, open`);
    const body = { state: 'open', due: null, note: null, assigned_to: null, said: null, ...change } as const;
    const written = found
      ? await items.replace(id, found.revision, changed(found.body, body))
      : await items.insert(id, fresh(patient, reason, body));
    if (written) return written;
  }
}

/** @throws WORKLIST_ITEM_NOT_FOUND, WORKLIST_CONFLICT */
export async function changeItem(
  request: FastifyRequest,
  id: string,
  version: number,
  change: Change,
): Promise<Document<Item>> {
  const items = await worklistOf(request);
  const found = await itemNamed(items, id);
  const { patient_id: patient, state } = found.body;
  request.audited = { table: 'worklist', ids: [id], patients: [patient], unchanged: true };
  if (found.revision !== version) throw conflict(found, version);
  await noteItem(request, id, patient, `${found.body.reason}, ${change.state ?? state}`);
  const written = await items.replace(id, version, changed(found.body, change));
  if (written) return written;
  throw conflict(await itemNamed(items, id), version);
}

/** @throws WORKLIST_ITEM_NOT_FOUND */
export async function itemNamed(items: Collection<Item>, id: string): Promise<Document<Item>> {
  const found = await items.get(id);
  if (found) return found;
  throw new CarelakeError('WORKLIST_ITEM_NOT_FOUND', `The work list has no item ${JSON.stringify(id.slice(0, 100))}.`);
}

/** Where nobody signs in there are no users that it could be given to. @throws WORKLIST_INVALID */
export async function requireAssignable({ server }: FastifyRequest, name: string | null | undefined): Promise<void> {
  if (name == null || server.parts.auth === 'off') return;
  const { users } = await server.directory();
  const user = await users.get(name);
  if (user?.name === name && !user.disabled && permissionsOf(user.roles).has('worklist:use')) return;
  throw invalid('assigned_to', name, 'There is nobody of this name who may use the work list.');
}

export function invalid(field: string, value: string, message: string): CarelakeError {
  return new CarelakeError('WORKLIST_INVALID', `${field}: ${message}`, {
    faults: [{ field, value: value.slice(0, 100), message }],
  });
}

/** What is not written down is not done. @throws AUDIT_FAILED */
async function noteItem(request: FastifyRequest, id: string, patient: string, what: string): Promise<void> {
  const { actor, ip, id: asked, server, method, routeOptions } = request;
  await server.audit.append({
    ...{ action: 'write', outcome: 'done', by: actor.name, kind: actor.kind, from: ip, request: asked },
    ...{ workspace: server.parts.workspace, table: 'worklist', ids: [id], patients: [patient] },
    detail: `${method} ${routeOptions.url}: ${what}`,
  });
  request.audited = { table: 'worklist', ids: [id], patients: [patient], written: true };
}

const existing = ({ key, body }: Document<Item>) =>
  new CarelakeError(
    'WORKLIST_ITEM_EXISTS',
    `The item ${key} is open since ${body.created_at}: ${body.assigned_to ?? 'nobody'} sees to it.`,
  );

const conflict = ({ revision, body }: Document<Item>, version: number) =>
  new CarelakeError(
    'WORKLIST_CONFLICT',
    `The change is of version ${version}; ${body.changed_by} made version ${revision} of it at ${body.changed_at}.`,
  );
