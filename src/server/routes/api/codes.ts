// GET /api/codes: the code lists by which values are read, each with its source.
import { Type } from 'typebox';
import { codeLists } from '../../../catalog/code-lists.js';
import { problems } from '../../problem.js';
import type { Route } from '../../route.js';

const listsSchema = Type.Object(
  {
    success: Type.Literal(true),
    lists: Type.Array(
      Type.Object({
        id: Type.String({ description: 'As its address has it.', examples: ['icd-10-chapters'] }),
        name: Type.String(),
        source: Type.String({ description: 'Who published it, and where.' }),
        codes: Type.Integer({ minimum: 0, description: 'How many it has.' }),
      }),
    ),
  },
  {
    examples: [
      {
        success: true,
        lists: [
          {
            ...{ id: 'severity-levels', name: 'Severity levels', codes: 3 },
            source: 'Carelake; thirds of the scale in whole points.',
          },
        ],
      },
    ],
  },
);

export const codes: Route = async (app) => {
  const schema = {
    tags: ['catalog'],
    summary: 'The code lists by which values are read',
    response: { 200: listsSchema, ...problems },
  };
  app.get('', { schema, config: { permission: 'open', audit: 'none', rows: 'lists' } }, async () => ({
    success: true,
    lists: codeLists.map(({ id, name, source, rows }) => ({ id, name, source, codes: rows.length })),
  }));
};
