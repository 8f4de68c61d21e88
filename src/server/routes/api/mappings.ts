// GET /api/mappings: the mappings that are saved.
import { Type } from 'typebox';
import { refusals } from '../../problem.js';
import type { Route } from '../../route.js';
import { mappingCollection } from '../../uploads/mapping.js';
import { mappingExample, mappingSchema, shownMapping } from '../../uploads/mapping-schema.js';

const listSchema = Type.Object(
  { success: Type.Literal(true), count: Type.Integer(), mappings: Type.Array(mappingSchema) },
  { examples: [{ success: true, count: 1, mappings: [mappingExample] }] },
);

export const mappings: Route = async (app) => {
  const schema = {
    tags: ['uploads'],
    summary: 'The mappings that are saved, by name',
    response: { 200: listSchema, ...refusals('FORBIDDEN') },
  };
  app.get('', { schema, config: { permission: 'uploads:read', audit: 'none', rows: 'mappings' } }, async () => {
    const documents = (await app.parts.knownRecords())?.documents;
    const found = (await documents?.collection(mappingCollection).list({ limit: 1000 })) ?? [];
    return { success: true, count: found.length, mappings: found.map(shownMapping) };
  });
};
