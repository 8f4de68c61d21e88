// GET /api/uploads/:id/rejects: for which flaws records of a file were rejected, as JSON, NDJSON or CSV.
import { Type } from 'typebox';
import { type Reason, reasons } from '../../../../catalog/reasons.js';
import { CarelakeError } from '../../../../errors.js';
import { countRejects, type RejectRow, readRejects } from '../../../../pipeline/rejects.js';
import { answerOf, runOf } from '../../../answer/answer.js';
import { asOfRun } from '../../../answer/as-of.js';
import { countsOf, cursor, nextIn, paging, placeIn } from '../../../answer/list.js';
import { rejectsSchema } from '../../../answer/reject-schema.js';
import { refusals } from '../../../problem.js';
import type { Route } from '../../../route.js';

export const uploadRejects: Route = async (app) => {
  const schema = {
    tags: ['uploads'],
    summary: 'For which flaws records of a file were rejected',
    params: Type.Object({ id: Type.String({ maxLength: 100 }) }),
    querystring: Type.Object({ ...paging, ...cursor }, { additionalProperties: false }),
    response: { 200: rejectsSchema, ...refusals('UPLOAD_NOT_FOUND', 'UPLOAD_NOT_RUN', 'NOT_PUBLISHED') },
  };
  app.get(
    '',
    { schema, config: { reads: 'run', permission: 'records:read', audit: 'read', rows: 'rejects' } },
    async (request) => {
      const { id } = request.params;
      const { body } = await app.uploads.get(id);
      const { manifest } = runOf(request);
      const { lake, engine } = answerOf(request);
      const sequences = [...new Set(body.files.map(({ sequence }) => sequence))];
      const isRead = body.files.every(({ batch }) => manifest.batches.includes(batch));
      if (body.files.length === 0 || !isRead) {
        throw new CarelakeError('UPLOAD_NOT_RUN', `${body.file} is ${body.state}, and no run has read it.`);
      }
      const { limit = 50 } = request.query;
      const place = placeIn(manifest.id, request.query);
      const explain = (code: string) => reasons[code as Reason] ?? code;
      const rows: RejectRow[] = [];
      let total = 0;
      let offset = place;
      // One file is of one batch, an archive may be of several that came before.
      for (const batch of sequences) {
        const selection = { where: { batch }, manifest };
        const own = await countRejects(lake, engine, 'rejected', selection);
        total += own;
        const wanted = { ...selection, limit: limit - rows.length, offset: Math.max(0, offset) };
        if (wanted.limit > 0 && offset < own) {
          for await (const row of readRejects(lake, engine, explain, 'rejected', wanted)) rows.push(row);
        }
        offset -= own;
      }
      request.audited = { table: 'rejects', ids: rows.map((row) => `${row.file}:${row.line ?? row.row ?? ''}`) };
      const next = nextIn(manifest.id, place + rows.length, total);
      const counted = countsOf({ rows, total, next }, request.query);
      return { success: true, as_of: asOfRun(request), ...counted, rejects: rows };
    },
  );
};
