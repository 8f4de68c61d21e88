// GET /api/uploads/:id: how far a file is, and what became of its records.
import { Type } from 'typebox';
import { readCurrent } from '../../../../pipeline/publish/manifest.js';
import { refusals } from '../../../problem.js';
import type { Route } from '../../../route.js';
import { shownUpload, uploadExample, uploadSchema } from '../../../uploads/shown.js';

const answer = Type.Object(
  { success: Type.Literal(true), upload: uploadSchema },
  { examples: [{ success: true, upload: uploadExample }] },
);

export const oneUpload: Route = async (app) => {
  const schema = {
    tags: ['uploads'],
    summary: 'How far a file is, and what became of its records',
    params: Type.Object({ id: Type.String({ maxLength: 100 }) }),
    response: { 200: answer, ...refusals('UPLOAD_NOT_FOUND') },
  };
  app.get('', { schema, config: { permission: 'uploads:read', audit: 'none' } }, async ({ params }) => {
    const found = await app.uploads.get(params.id);
    return { success: true, upload: shownUpload(found, (await readCurrent(app.parts.lake))?.manifest) };
  });
};
