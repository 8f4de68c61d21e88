// DELETE /api/auth/sessions/:id: ends one of one's sessions.
import { Type } from 'typebox';
import { CarelakeError } from '../../../../../errors.js';
import { note } from '../../../../auth/noted.js';
import { refusals } from '../../../../problem.js';
import type { Route } from '../../../../route.js';
import { endedSchema, notSignedIn, ownRefusals } from '../sessions.js';

export const ownSession: Route = async (app) => {
  const schema = {
    tags: ['sign-in'],
    summary: 'End one of one’s sessions; of others it is not said whether they are there',
    params: Type.Object({ id: Type.String() }),
    response: { 200: endedSchema, ...ownRefusals, ...refusals('SESSION_NOT_FOUND') },
  };
  app.delete('', { schema, config: { permission: 'account:own', audit: 'sign-in' } }, async (request) => {
    const { id } = request.params;
    const { user } = request.signedIn ?? notSignedIn();
    const { sessions } = await app.directory();
    if (!(await sessions.list(user)).some((session) => session.id === id))
      throw new CarelakeError('SESSION_NOT_FOUND', `${user.name} has no session ${id.slice(0, 100)}.`);
    await note(request, { action: 'sign-out', detail: 'another session' });
    await sessions.end(user.name, id);
    return { success: true };
  });
};
