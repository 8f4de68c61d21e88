// Items of the work list as answers show them: with the patients as they are now, and with a line in the audit log of whose
// they are.
import type { FastifyRequest } from 'fastify';
import { fieldNamed, publishedTableNamed, tableNamed } from '../../catalog/catalog.js';
import { localDate } from '../../pipeline/land/clock.js';
import type { Document } from '../../records/documents.js';
import { answerOf } from '../answer/answer.js';
import { listRecords } from '../records/list.js';
import type { Item } from './item.js';

const shownFields = ['name', 'birth_date', 'age', 'gender', 'death_date'] as const;

type Patients = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

/** At most 1,000 of them. */
export async function shownItems(request: FastifyRequest, found: readonly Document<Item>[]) {
  const patients = await patientsOf(request, [...new Set(found.map(({ body }) => body.patient_id))]);
  return found.map((one) => shown(one, patients));
}

export async function shownItem(request: FastifyRequest, found: Document<Item>) {
  const [item] = await shownItems(request, [found]);
  return { ...item, steps: found.body.steps };
}

function shown({ key, revision, body }: Document<Item>, patients: Patients) {
  const { steps: _steps, ...item } = body;
  const row = patients.get(item.patient_id);
  return {
    ...{ id: key, version: revision },
    ...item,
    patient: row ? Object.fromEntries(shownFields.map((name) => [name, row[name] ?? null])) : null,
    overdue: isOverdue(body),
  };
}

export const isOverdue = ({ state, due }: Item): boolean =>
  state === 'open' && due !== null && due < localDate(new Date());

async function patientsOf(request: FastifyRequest, ids: readonly string[]): Promise<Patients> {
  const { publication, typed } = answerOf(request);
  if (ids.length === 0 || (!publication && typed.count === 0)) return new Map();
  const key = fieldNamed(tableNamed('patients'), 'patient_id');
  const source = publishedTableNamed('patients').columns.find(({ name }) => name === 'source');
  const { rows } = await listRecords(request, 'patients', {
    filters: [{ column: key, not: false, terms: ids.map((text) => ({ is: { text, type: 'string' } })) }],
    order: [key, ...(source ? [source] : [])].map((column) => ({ column, descending: false })),
    limit: 1000,
    from: 0,
  });
  return new Map(rows.map((row) => [String(row.patient_id), row]));
}
