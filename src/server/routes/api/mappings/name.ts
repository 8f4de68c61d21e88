// /api/mappings/:name: reads, saves and removes a mapping, which uploads name.
import { Type } from 'typebox';
import { CarelakeError } from '../../../../errors.js';
import { parseMapping } from '../../../../sources/csv/mapping-file.js';
import { refusals } from '../../../problem.js';
import type { Route } from '../../../route.js';
import { mappingCollection } from '../../../uploads/mapping.js';
import { mappingBody, mappingExample, mappingSchema, shownMapping } from '../../../uploads/mapping-schema.js';

const answer = Type.Object(
  { success: Type.Literal(true), mapping: mappingSchema },
  { examples: [{ success: true, mapping: mappingExample }] },
);
const removed = Type.Object(
  { success: Type.Literal(true), message: Type.String() },
  { examples: [{ success: true, message: 'clinic-north is removed.' }] },
);
const writes = { permission: 'uploads:write', audit: 'write' } as const;

export const oneMapping: Route = async (app) => {
  const saved = async () => (await app.parts.records()).documents.collection(mappingCollection);
  const params = Type.Object({
    name: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$', examples: ['clinic-north'] }),
  });
  const schema = { tags: ['uploads'], params, response: { 200: answer, ...refusals('MAPPING_NOT_FOUND') } };
  const missing = (name: string) => new CarelakeError('MAPPING_NOT_FOUND', `There is no mapping ${name}.`);

  app.get(
    '',
    { schema: { ...schema, summary: 'A saved mapping' }, config: { permission: 'uploads:read', audit: 'none' } },
    async ({ params: { name } }) => {
      const found = await (await saved()).get(name);
      if (!found) throw missing(name);
      return { success: true, mapping: shownMapping(found) };
    },
  );

  const saving = {
    ...{ ...schema, summary: 'Save a mapping, in the place of one of this name', body: mappingBody },
    response: { 200: answer, ...refusals('MAPPING_INVALID') },
  };
  app.put('', { schema: saving, config: writes }, async (request) => {
    const { name } = request.params;
    const mapping = parseMapping(JSON.stringify(request.body), name);
    const body = { mapping, by: request.actor.name, at: new Date().toISOString() };
    const collection = await saved();
    for (;;) {
      const found = await collection.get(name);
      const written = found
        ? await collection.replace(name, found.revision, body)
        : await collection.insert(name, body);
      if (written) return { success: true, mapping: shownMapping(written) };
    }
  });

  const removing = {
    ...{ ...schema, summary: 'Remove a saved mapping' },
    response: { 200: removed, ...refusals('MAPPING_NOT_FOUND') },
  };
  app.delete('', { schema: removing, config: writes }, async ({ params: { name } }) => {
    const collection = await saved();
    for (;;) {
      const found = await collection.get(name);
      if (!found) throw missing(name);
      if (await collection.remove(name, found.revision)) return { success: true, message: `${name} is removed.` };
    }
  });
};
