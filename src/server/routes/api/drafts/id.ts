// /api/drafts/:id: reads, saves and removes a half-filled form of whoever asks.
import { Type } from 'typebox';
import { CarelakeError } from '../../../../errors.js';
import * as draft from '../../../drafts/draft.js';
import { refusals } from '../../../problem.js';
import type { Route } from '../../../route.js';

const answer = Type.Object(
  { success: Type.Literal(true), draft: draft.draftSchema },
  { examples: [{ success: true, draft: draft.draftExample }] },
);
const removed = Type.Object(
  { success: Type.Literal(true), message: Type.String() },
  { examples: [{ success: true, message: 'The draft is removed.' }] },
);
const config = { permission: 'records:create', audit: 'none' } as const;

const draftBody = Type.Object(
  { form: Type.String({ minLength: 1, maxLength: 100 }), values: Type.Record(Type.String(), Type.Unknown()) },
  { additionalProperties: false, examples: [{ form: 'patient', values: { name: 'Ann Example', age: '6' } }] },
);

export const oneDraft: Route = async (app) => {
  const drafts = async () => (await app.parts.records()).documents.collection(draft.draftCollection);
  const params = Type.Object({
    id: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$', examples: ['new-patient'] }),
  });
  const schema = { tags: ['drafts'], params, response: { 200: answer, ...refusals('DRAFT_NOT_FOUND') } };
  const missing = (id: string) => new CarelakeError('DRAFT_NOT_FOUND', `You have no draft ${JSON.stringify(id)}.`);

  app.get('', { schema: { ...schema, summary: 'A half-filled form of yours' }, config }, async (request) => {
    const { id } = request.params;
    const found = await (await drafts()).get(draft.keyOf(draft.ownerOf(request.actor), id));
    if (!found || found.body.expires < new Date().toISOString()) throw missing(id);
    return { success: true, draft: draft.shownDraft(found) };
  });

  const saving = {
    ...{ ...schema, summary: 'Save a half-filled form, in the place of one of this id', body: draftBody },
    response: { 200: answer, ...refusals('REQUEST_TOO_LARGE', 'DRAFTS_FULL') },
  };
  app.put('', { schema: saving, config, bodyLimit: draft.mostBytes }, async (request) => {
    const { body, params } = request;
    const owner = draft.ownerOf(request.actor);
    return { success: true, draft: draft.shownDraft(await draft.saveDraft(await drafts(), owner, params.id, body)) };
  });

  const removing = {
    ...{ ...schema, summary: 'Remove a half-filled form' },
    response: { 200: removed, ...refusals('DRAFT_NOT_FOUND') },
  };
  app.delete('', { schema: removing, config }, async (request) => {
    const { id } = request.params;
    const collection = await drafts();
    for (;;) {
      const found = await collection.get(draft.keyOf(draft.ownerOf(request.actor), id));
      if (!found) throw missing(id);
      if (await collection.remove(found.key, found.revision))
        return { success: true, message: 'The draft is removed.' };
    }
  });
};
