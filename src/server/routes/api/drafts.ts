// GET /api/drafts: the half-filled forms of whoever asks.
import { Type } from 'typebox';
import { draftCollection, draftExample, draftSchema, draftsOf, ownerOf, shownDraft } from '../../drafts/draft.js';
import { refusals } from '../../problem.js';
import type { Route } from '../../route.js';

const listSchema = Type.Object(
  { success: Type.Literal(true), count: Type.Integer(), drafts: Type.Array(draftSchema) },
  { examples: [{ success: true, count: 1, drafts: [draftExample] }] },
);

export const drafts: Route = async (app) => {
  const schema = {
    tags: ['drafts'],
    summary: 'Your own half-filled forms',
    description: 'Nobody else sees them, and they go 30 days after they were last saved. They are no records yet.',
    response: { 200: listSchema, ...refusals('FORBIDDEN') },
  };
  app.get('', { schema, config: { permission: 'records:create', audit: 'none', rows: 'drafts' } }, async (request) => {
    const documents = (await app.parts.knownRecords())?.documents;
    const found = documents ? await draftsOf(documents.collection(draftCollection), ownerOf(request.actor)) : [];
    return { success: true, count: found.length, drafts: found.map(shownDraft) };
  });
};
