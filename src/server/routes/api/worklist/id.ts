// /api/worklist/:id: one item with what was done with it; PATCH takes it, gives it to somebody, moves its day, closes it.
import { Type } from 'typebox';
import { showsRows } from '../../../audit/audited.js';
import { refusals } from '../../../problem.js';
import type { Route } from '../../../route.js';
import { changeBy, changeItem, itemNamed, requireAssignable, worklistOf } from '../../../worklist/keep.js';
import * as shape from '../../../worklist/schema.js';
import { shownItem } from '../../../worklist/shown.js';
import { addedItemSchema } from '../worklist.js';

const params = Type.Object({ id: Type.String({ maxLength: 100, examples: ['3f1b0c77a9d24e5680f1c2d3'] }) });

const body = Type.Object(
  {
    version: Type.Integer({ minimum: 1, description: 'The version that was read.' }),
    state: Type.Optional(shape.stateSchema),
    due: Type.Optional(Type.Union([shape.dateSchema, Type.Null()])),
    assigned_to: Type.Optional(Type.Union([shape.userSchema, Type.Null()])),
    note: Type.Optional(Type.Union([shape.noteSchema, Type.Null()])),
  },
  {
    additionalProperties: false,
    minProperties: 2,
    examples: [
      { version: 1, assigned_to: 'ann' },
      { version: 2, state: 'done', note: 'Reached by telephone; sees Dr Lee on Friday.' },
    ],
  },
);

export const worklistItem: Route = async (app) => {
  const permission = 'worklist:use';
  const reading = {
    tags: ['worklist'],
    summary: 'One item of the work list, with what was done with it',
    params,
    response: { 200: addedItemSchema, ...refusals('WORKLIST_ITEM_NOT_FOUND') },
  };
  const changing = {
    tags: ['worklist'],
    summary: 'Take an item, give it to somebody, move its day, close it, or open it again',
    description: 'Only what is given changes; null takes a value away.',
    params,
    body,
    response: {
      200: addedItemSchema,
      ...refusals('WORKLIST_ITEM_NOT_FOUND', 'WORKLIST_CONFLICT', 'WORKLIST_INVALID'),
    },
  };
  app.get(
    '',
    { schema: reading, config: { reads: 'records', tag: 'content', permission, audit: 'read' } },
    async (request) => {
      const found = await itemNamed(await worklistOf(request), request.params.id);
      const item = await shownItem(request, found);
      showsRows(request, 'worklist', 'id', [item]);
      return { success: true, item };
    },
  );
  app.patch('', { schema: changing, config: { reads: 'records', permission, audit: 'write' } }, async (request) => {
    const { version, ...change } = request.body;
    await requireAssignable(request, change.assigned_to);
    const written = await changeItem(request, request.params.id, version, { ...change, ...changeBy(request) });
    return { success: true, item: await shownItem(request, written) };
  });
};
