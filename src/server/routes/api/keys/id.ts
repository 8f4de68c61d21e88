// DELETE /api/keys/:id: a key that is good no longer.
import { Type } from 'typebox';
import { CarelakeError } from '../../../../errors.js';
import { authorOf, handOver } from '../../../auth/noted.js';
import { permissionsOf } from '../../../auth/permissions.js';
import type { Route } from '../../../route.js';
import { endedSchema } from '../auth/sessions.js';
import { keyRefusals } from '../keys.js';

export const key: Route = async (app) => {
  const schema = {
    tags: ['users'],
    summary: 'Revoke an API key: one’s own, or as an administrator anybody’s',
    params: Type.Object({ id: Type.String({ maxLength: 100, examples: ['5f1d7a84db3b6c8e'] }) }),
    response: { 200: endedSchema, ...keyRefusals('KEY_NOT_FOUND') },
  };
  app.delete('', { schema, config: { permission: 'keys:own', audit: 'rights' } }, async (request) => {
    const { id } = request.params;
    const { actor } = request;
    const { keys } = await app.directory();
    const anybody = permissionsOf(actor.roles).has('users:write');
    if (!(await keys.remove(id, authorOf(request), anybody ? undefined : actor.name))) {
      // Whether it is somebody else's is not said.
      throw new CarelakeError('KEY_NOT_FOUND', `${actor.name} has no key ${id.slice(0, 100)}.`);
    }
    await handOver(request);
    return { success: true };
  });
};
