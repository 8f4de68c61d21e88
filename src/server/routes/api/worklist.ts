// GET /api/worklist: patients who are to be seen to, the most urgent first. POST puts one there.
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { CarelakeError } from '../../../errors.js';
import type { ModelName } from '../../../models/plan.js';
import type { Document } from '../../../records/documents.js';
import { answerOf, nothingPublished, runOf } from '../../answer/answer.js';
import { keepPredictions } from '../../answer/kept-predictions.js';
import { counts, countsOf, cursor, pageOf, paging } from '../../answer/list.js';
import { publishedRows } from '../../answer/published-rows.js';
import { showsRows } from '../../audit/audited.js';
import { refusals } from '../../problem.js';
import { presentRecord } from '../../records/present.js';
import type { Route } from '../../route.js';
import type { Item, Reason, Said, State } from '../../worklist/item.js';
import { changeBy, invalid, putOnList, requireAssignable, worklistOf } from '../../worklist/keep.js';
import { dueOf, saidBy } from '../../worklist/said.js';
import * as shape from '../../worklist/schema.js';
import { isOverdue, shownItem, shownItems } from '../../worklist/shown.js';

const listSchema = Type.Object(
  { success: Type.Literal(true), ...counts, items: Type.Array(shape.itemSchema) },
  {
    examples: [{ success: true, count: 1, total: 1, page: 1, pages: 1, next: null, items: [shape.itemExample] }],
  },
);

const querystring = Type.Object(
  {
    ...paging,
    ...cursor,
    state: Type.Optional(Type.Enum([...['open', 'done', 'dismissed', 'all']], { default: 'open' })),
    reason: Type.Optional(shape.reasonSchema),
    assigned_to: Type.Optional(
      Type.String({ maxLength: 100, description: 'Whose; empty: those that nobody has taken.' }),
    ),
    patient_id: Type.Optional(Type.String({ maxLength: 1000 })),
    overdue: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);

const body = Type.Object(
  {
    patient_id: Type.String({ minLength: 1, maxLength: 1000 }),
    reason: Type.Optional(shape.reasonSchema),
    due: Type.Optional(shape.dateSchema),
    assigned_to: Type.Optional(shape.userSchema),
    note: Type.Optional(shape.noteSchema),
  },
  {
    additionalProperties: false,
    description:
      'Without a reason it is `other`, and needs a note. Of another reason the model is asked about the patient.',
    examples: [
      { patient_id: 'P1001', note: 'Call about the new insulin.', due: '2026-03-05' },
      { patient_id: 'P1001', reason: 'readmission', assigned_to: 'ann' },
    ],
  },
);

export const addedItemSchema = Type.Object(
  { success: Type.Literal(true), item: shape.wholeItemSchema },
  { examples: [{ success: true, item: shape.wholeItemExample }] },
);

export const worklist: Route = async (app) => {
  const listing = {
    tags: ['worklist'],
    summary: 'Patients who are to be seen to: what is due first, then the most probable',
    description: 'The open ones, unless `state` says otherwise.',
    querystring,
    response: { 200: listSchema, ...refusals('FORBIDDEN', 'AUDIT_FAILED') },
  };
  const adding = {
    tags: ['worklist'],
    summary: 'Put a patient onto the work list, by hand or with what a model says of them',
    description: 'A patient is there once for each reason; an item that was closed is opened again.',
    body,
    response: {
      201: addedItemSchema,
      ...refusals('WORKLIST_INVALID', 'WORKLIST_ITEM_EXISTS', 'MODEL_NO_CASE', 'MODEL_NOT_SERVED', 'NOT_PUBLISHED'),
    },
  };
  const permission = 'worklist:use';
  app.get(
    '',
    { schema: listing, config: { reads: 'records', tag: 'content', permission, audit: 'read', rows: 'items' } },
    async (request) => {
      const page = pageOf(await itemsAsked(request, request.query), request.query, ({ key }) => key);
      const items = await shownItems(request, page.rows);
      showsRows(request, 'worklist', 'id', items);
      return { success: true, ...countsOf(page, request.query), items };
    },
  );
  app.post('', { schema: adding, config: { reads: 'records', permission, audit: 'write' } }, async (request, reply) => {
    const { patient_id: patient, reason = 'other', due, assigned_to, note } = request.body;
    request.audited = { table: 'worklist', ids: [], patients: [patient], unchanged: true };
    if (reason === 'other' && note === undefined) throw invalid('note', '', 'It must say why, where no model does.');
    await requireAssignable(request, assigned_to);
    await requirePatient(request, patient);
    const said = reason === 'other' ? null : await askModel(request, reason, patient);
    const change = {
      ...changeBy(request),
      ...{ said, due: due ?? (said && dueOf(said)), assigned_to: assigned_to ?? null, note: note ?? null },
    };
    const written = await putOnList(request, patient, reason, change);
    reply.code(201).header('location', `/api/worklist/${written.key}`);
    return { success: true, item: await shownItem(request, written) };
  });
};

interface Asked {
  readonly state?: State | 'all' | string;
  readonly reason?: Reason | string;
  readonly assigned_to?: string;
  readonly patient_id?: string;
  readonly overdue?: boolean;
}

async function itemsAsked(request: FastifyRequest, asked: Asked): Promise<Document<Item>[]> {
  const items = await worklistOf(request);
  const { state = 'open', reason, assigned_to, patient_id, overdue } = asked;
  const where = {
    ...(state !== 'all' && { state: state as State }),
    ...(patient_id !== undefined && { patient_id }),
  };
  const found: Document<Item>[] = [];
  for (let after: string | undefined; ; ) {
    const page = await items.list({ where, limit: 1000, ...(after !== undefined && { after }) });
    found.push(...page);
    after = page.at(-1)?.key;
    if (page.length < 1000) break;
  }
  const wanted = ({ body }: Document<Item>) =>
    (reason === undefined || body.reason === reason) &&
    (assigned_to === undefined || (body.assigned_to ?? '') === assigned_to) &&
    (overdue === undefined || isOverdue(body) === overdue);
  return found.filter(wanted).sort(byUrgency);
}

function byUrgency({ key, body }: Document<Item>, { key: otherKey, body: other }: Document<Item>): number {
  const [due, otherDue] = [body.due ?? '9999', other.due ?? '9999'];
  if (due !== otherDue) return due < otherDue ? -1 : 1;
  return (other.said?.probability ?? 0) - (body.said?.probability ?? 0) || (key < otherKey ? -1 : 1);
}

async function requirePatient(request: FastifyRequest, patient: string): Promise<void> {
  const { publication, typed, lake } = answerOf(request);
  if (!publication && typed.count === 0) throw nothingPublished(lake);
  const { row } = await presentRecord(request, 'patients', patient);
  if (!row) throw invalid('patient_id', patient, 'There is no patient of this id.');
}

/** @throws MODEL_NOT_SERVED, MODEL_NO_CASE */
async function askModel(request: FastifyRequest, name: ModelName, patient: string): Promise<Said> {
  const { publication, lake } = answerOf(request);
  if (!publication) throw nothingPublished(lake);
  const { predictor, parts, measures } = request.server;
  const served = await predictor.served(name);
  const known = await predictor.known(served, [patient], publishedRows(answerOf(request), runOf(request)));
  const [result] = predictor.ofKnown(served, known);
  if (!result || 'failure' in result) throw result?.failure ?? new CarelakeError('INTERNAL', 'No answer.');
  await keepPredictions(parts, [{ ...result, patient }]);
  measures.asked(name, 1);
  return saidBy(result.answer, publication.manifest.id);
}
