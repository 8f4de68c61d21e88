// GET /api/runs: the kept runs, newest first.

import { Type } from 'typebox';
import { readCurrent, readRuns } from '../../../pipeline/publish/manifest.js';
import { summaryOf } from '../../../pipeline/publish/status.js';
import { counts, countsOf, pageOf, paging } from '../../answer/list.js';
import { summarySchema } from '../../answer/run-schema.js';
import { problems } from '../../problem.js';
import type { Route } from '../../route.js';

const runsSchema = Type.Object({
  success: Type.Literal(true),
  ...counts,
  runs: Type.Array(Type.Object(summarySchema)),
});

export const runs: Route = async (app) => {
  const { lake } = app.parts;
  const schema = {
    tags: ['runs'],
    summary: 'The kept runs, newest first',
    querystring: Type.Object(paging, { additionalProperties: false }),
    response: { 200: runsSchema, ...problems },
  };
  app.get('', { schema, config: { reads: 'lake' } }, async (request) => {
    const published = (await readCurrent(lake))?.manifest.id;
    const page = pageOf(await readRuns(lake), request.query);
    const list = page.rows.map((run) => summaryOf(run, published));
    return { success: true, ...countsOf(page, request.query), runs: list };
  });
};
