// POST /api/users/:name/link: another link, for whoever lost the first one or their password.
import { Type } from 'typebox';
import { CarelakeError } from '../../../../../errors.js';
import { note } from '../../../../auth/noted.js';
import { shownLink, shownUser } from '../../../../auth/user-schema.js';
import type { Route } from '../../../../route.js';
import { addedSchema, administrationRefusals } from '../../users.js';
import { nameParams } from '../name.js';

export const userLink: Route = async (app) => {
  const schema = {
    tags: ['users'],
    summary: 'Make a link by which a user chooses another password; until then the one they have stays good',
    params: nameParams,
    body: Type.Object({}, { additionalProperties: false, examples: [{}] }),
    response: { 201: addedSchema, ...administrationRefusals('USER_NOT_FOUND') },
  };
  app.post(
    '',
    { schema, config: { permission: 'users:write', audit: 'rights', repeats: 'once' } },
    async (request, reply) => {
      const { name } = request.params;
      const { users, links } = await app.directory();
      const user = await users.get(name);
      if (!user || user.disabled) {
        const what = user ? `${user.name} is disabled.` : `There is no user ${JSON.stringify(name.slice(0, 100))}.`;
        throw new CarelakeError('USER_NOT_FOUND', what);
      }
      await note(request, { action: 'link', detail: `for ${user.name}` });
      reply.code(201);
      return { success: true, user: shownUser(user), link: shownLink(await links.make(user)) };
    },
  );
};
