// The route that lists the rows of one published table, with parameters and shape derived from the catalog.

import { Type } from 'typebox';
import { readPage } from '../../analytics/rows/rows.js';
import { publishedTableNamed } from '../../catalog/catalog.js';
import { problems } from '../problem.js';
import type { Route } from '../route.js';
import { answerOf, runOf } from './answer.js';
import { asOf, asOfExample, asOfSchema } from './as-of.js';
import { counts, countsOf, cursor, filtering, pageRequest, paging } from './list.js';
import { rowSchema } from './row-schema.js';

/** @param name Of the published table, and of the list in the body. */
export function tableList(name: string): Route {
  const table = publishedTableNamed(name);
  const names = table.columns.map((column) => column.name);
  const key = [...table.key, 'source'];
  const body = Type.Object(
    { success: Type.Literal(true), as_of: asOfSchema, ...counts, [name]: Type.Array(rowSchema(table)) },
    {
      examples: [{ success: true, as_of: asOfExample, count: 0, total: 0, page: 1, pages: 0, next: null, [name]: [] }],
    },
  );
  const schema = {
    tags: ['rows'],
    summary: `${table.description} A list: ${table.grain}.`,
    querystring: Type.Object({ ...paging, ...cursor, ...filtering(table.columns) }, { additionalProperties: false }),
    response: { 200: body, ...problems },
  };
  return async (app) => {
    app.get('', { schema, config: { reads: 'run' } }, async (request) => {
      const asked = pageRequest(request.query, table.columns, key);
      const { manifest, tables } = runOf(request);
      const source = {
        name: `list/${name}`,
        relation: name,
        columns: names,
        inputs: { [name]: tables[name]?.paths ?? [] },
      };
      const page = await readPage(answerOf(request).engine, source, asked);
      return { success: true, as_of: asOf(manifest), ...countsOf(page, request.query), [name]: page.rows };
    });
  };
}
