// GET /api/codes/:list: one code list.
import { type Static, Type } from 'typebox';
import { codeLists } from '../../../../catalog/code-lists.js';
import { CarelakeError } from '../../../../errors.js';
import type { Row, RowTable } from '../../../answer/row-text.js';
import { refusals } from '../../../problem.js';
import type { Route } from '../../../route.js';

const codesSchema = Type.Object(
  {
    success: Type.Literal(true),
    id: Type.String(),
    name: Type.String(),
    source: Type.String({ description: 'Who published it, and where.' }),
    note: Type.Union([Type.String(), Type.Null()]),
    columns: Type.Array(Type.String()),
    codes: Type.Array(Type.Array(Type.Union([Type.String(), Type.Null()])), {
      description: 'One list of cells, in the order of the columns, for each code; null where the list knows nothing.',
    }),
  },
  {
    examples: [
      {
        ...{ success: true, id: 'icd-10-chapters', name: 'ICD-10 chapters', note: null },
        source:
          'International Statistical Classification of Diseases and Related Health Problems, 10th Revision, WHO 2019',
        columns: ['categories', 'disease'],
        codes: [
          ['A00-B99', 'Infectious'],
          ['C00-D49', 'Neoplasms'],
        ],
      },
    ],
  },
);

function codesIn(body: Row): RowTable {
  const { columns, codes } = body as Static<typeof codesSchema>;
  return { columns, rows: codes.map((cells) => Object.fromEntries(columns.map((name, at) => [name, cells[at]]))) };
}

export const codeList: Route = async (app) => {
  const schema = {
    tags: ['catalog'],
    summary: 'One code list',
    params: Type.Object({ list: Type.String({ examples: codeLists.map(({ id }) => id) }) }),
    response: { 200: codesSchema, ...refusals('CODES_UNKNOWN') },
  };
  app.get('', { schema, config: { permission: 'open', audit: 'none', rows: codesIn } }, async ({ params }) => {
    const found = codeLists.find(({ id }) => id === params.list);
    if (!found) throw new CarelakeError('CODES_UNKNOWN', `There is no code list ${params.list.slice(0, 200)}.`);
    const { id, name, source, note = null, columns, rows } = found;
    return { success: true, id, name, source, note, columns, codes: rows };
  });
};
