// GET /api/deidentified/<table>: rows of a published table without identity, and one of them by its code.
import { Type } from 'typebox';
import { publishedTableNamed } from '../../../../catalog/catalog.js';
import { deidentifiedTable } from '../../../../catalog/deidentified.js';
import type { PublishedTable } from '../../../../catalog/field.js';
import { CarelakeError } from '../../../../errors.js';
import { answerOf } from '../../../answer/answer.js';
import { asOf, asOfExample } from '../../../answer/as-of.js';
import { counts, countsOf, cursor, filtering, paging } from '../../../answer/list.js';
import { rowSchema } from '../../../answer/row-schema.js';
import { codeColumns, deidentifiedPage } from '../../../deidentified/rows.js';
import { refusals } from '../../../problem.js';
import { asOfOrNull } from '../../../records/schema.js';
import type { Route } from '../../../route.js';

/** Of which nothing is known but its code. */
function exampleRow({ columns, key: [key = ''] }: PublishedTable): Record<string, unknown> {
  const unknown = Object.fromEntries(columns.map(({ name }) => [name, null]));
  return { ...unknown, source: 'default', [key]: 'A6NZDGZ85M634V1Y' };
}

const config = { reads: 'records', permission: 'deidentified:read', audit: 'read' } as const;

export function deidentifiedList(name: string): Route {
  const table = deidentifiedTable(publishedTableNamed(name));
  const body = Type.Object(
    { success: Type.Literal(true), as_of: asOfOrNull, ...counts, [name]: Type.Array(rowSchema(table)) },
    {
      examples: [
        {
          ...{ success: true, as_of: asOfExample, count: 1, total: 1, page: 1, pages: 1, next: null },
          [name]: [exampleRow(table)],
        },
      ],
    },
  );
  const schema = {
    tags: ['de-identified'],
    summary: `${table.description} A list: ${table.grain}.`,
    description:
      'By the Safe Harbor method of HIPAA, 45 CFR 164.514(b)(2): years, ages up to 90, states, random codes, and no free text.',
    querystring: Type.Object({ ...paging, ...cursor, ...filtering(table.columns) }, { additionalProperties: false }),
    response: { 200: body, ...refusals('NOT_PUBLISHED', 'FORBIDDEN') },
  };
  return async (app) => {
    app.get('', { schema, config: { ...config, rows: name } }, async (request) => {
      const page = await deidentifiedPage(request, name, request.query);
      const [key = ''] = codeColumns(name);
      request.audited = { table: 'deidentified', ids: page.rows.map((row) => String(row[key])) };
      const { publication, typed } = answerOf(request);
      const run = publication ? asOf(publication.manifest, typed.count) : null;
      return { success: true, as_of: run, ...countsOf(page, request.query), [name]: page.rows };
    });
  };
}

/** Of a table whose rows have a code of their own. */
export function deidentifiedRow(name: string, shown: string): Route {
  const table = deidentifiedTable(publishedTableNamed(name));
  const [key = ''] = table.key;
  const schema = {
    tags: ['de-identified'],
    summary: `One ${shown} by its code, de-identified`,
    params: Type.Object({ id: Type.String({ description: 'The code that lists give.' }) }),
    response: {
      200: Type.Object(
        { success: Type.Literal(true), as_of: asOfOrNull, [shown]: rowSchema(table) },
        { examples: [{ success: true, as_of: asOfExample, [shown]: exampleRow(table) }] },
      ),
      ...refusals('ROW_NOT_FOUND', 'NOT_PUBLISHED', 'FORBIDDEN'),
    },
  };
  return async (app) => {
    app.get('', { schema, config }, async (request) => {
      const { id } = request.params;
      const { rows } = await deidentifiedPage(request, name, { [key]: [id], limit: 1 });
      request.audited = { table: 'deidentified', ids: [id] };
      const [row] = id === '' ? [] : rows;
      // A real identifier is no code: whether there is such a row is not said.
      if (!row) throw new CarelakeError('ROW_NOT_FOUND', `There is no ${shown} of the code ${id.slice(0, 100)}.`);
      const { publication, typed } = answerOf(request);
      return { success: true, as_of: publication ? asOf(publication.manifest, typed.count) : null, [shown]: row };
    });
  };
}
