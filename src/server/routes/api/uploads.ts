// GET /api/uploads: the files that came, the newest first, and what became of them.
import { Type } from 'typebox';
import { readCurrent } from '../../../pipeline/publish/manifest.js';
import { refusals } from '../../problem.js';
import type { Route } from '../../route.js';
import { shownUpload, uploadExample, uploadSchema } from '../../uploads/shown.js';

const states = ['waiting', 'landing', 'landed', 'refused', 'failed'] as const;

const listSchema = Type.Object(
  {
    success: Type.Literal(true),
    count: Type.Integer({ minimum: 0, description: 'Uploads on this page.' }),
    next: Type.Union([Type.String(), Type.Null()], { description: 'The cursor of the next page; null on the last.' }),
    uploads: Type.Array(uploadSchema),
  },
  { examples: [{ success: true, count: 1, next: null, uploads: [uploadExample] }] },
);

export const uploads: Route = async (app) => {
  const schema = {
    tags: ['uploads'],
    summary: 'The files that came, the newest first, and what became of them',
    querystring: Type.Object(
      {
        state: Type.Optional(Type.Enum([...states])),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
        after: Type.Optional(Type.String({ maxLength: 100, description: 'The `next` of the page before.' })),
      },
      { additionalProperties: false },
    ),
    response: { 200: listSchema, ...refusals('FORBIDDEN') },
  };
  app.get('', { schema, config: { permission: 'uploads:read', audit: 'none', rows: 'uploads' } }, async (request) => {
    const { state, after, limit = 50 } = request.query;
    const known = states.find((one) => one === state);
    const asked = { ...(known && { state: known }), ...(after !== undefined && { after }), limit: limit + 1 };
    const found = (await app.parts.knownRecords()) ? await app.uploads.list(asked) : [];
    const page = found.slice(0, limit);
    const manifest = (await readCurrent(app.parts.lake))?.manifest;
    const next = found.length > limit ? (page.at(-1)?.key ?? null) : null;
    return { success: true, count: page.length, next, uploads: page.map((one) => shownUpload(one, manifest)) };
  });
};
