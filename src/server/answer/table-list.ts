// The route that lists the records of one table, with parameters and shape derived from the catalog.

import { Type } from 'typebox';
import { publishedTableNamed } from '../../catalog/catalog.js';
import type { RecordTable } from '../../records/entry.js';
import { showsRows } from '../audit/audited.js';
import { refusals } from '../problem.js';
import { listRecords } from '../records/list.js';
import { asOfOrNull, exampleRow } from '../records/schema.js';
import type { Route } from '../route.js';
import { answerOf } from './answer.js';
import { asOf, asOfExample } from './as-of.js';
import { counts, countsOf, cursor, filtering, pageRequest, paging } from './list.js';
import { rowSchema } from './row-schema.js';

/** Of the published table, and of the list in the body. */
export function tableList(name: RecordTable): Route {
  const table = publishedTableNamed(name);
  const key = [...table.key, 'source'];
  const body = Type.Object(
    { success: Type.Literal(true), as_of: asOfOrNull, ...counts, [name]: Type.Array(rowSchema(table)) },
    {
      examples: [
        {
          ...{ success: true, as_of: asOfExample, count: 1, total: 1, page: 1, pages: 1, next: null },
          [name]: [exampleRow(name)],
        },
      ],
    },
  );
  const schema = {
    tags: ['rows'],
    summary: `${table.description} A list: ${table.grain}.`,
    querystring: Type.Object({ ...paging, ...cursor, ...filtering(table.columns) }, { additionalProperties: false }),
    response: { 200: body, ...refusals('NOT_PUBLISHED') },
  };
  return async (app) => {
    app.get(
      '',
      { schema, config: { reads: 'records', permission: 'records:read', audit: 'read', rows: name } },
      async (request) => {
        const page = await listRecords(request, name, pageRequest(request.query, table.columns, key));
        showsRows(request, name, table.key[0] ?? '', page.rows);
        const counted = countsOf(page, request.query);
        const { publication, typed } = answerOf(request);
        const run = publication ? asOf(publication.manifest, typed.count) : null;
        return { success: true, as_of: run, ...counted, [name]: page.rows };
      },
    );
  };
}
