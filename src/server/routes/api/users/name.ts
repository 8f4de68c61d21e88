// PATCH /api/users/:name: gives a user other roles, disables them, or enables them again.
import { Type } from 'typebox';
import { authorOf, handOver } from '../../../auth/noted.js';
import { shownUser, userExample, userSchema } from '../../../auth/user-schema.js';
import type { Route } from '../../../route.js';
import { administrationRefusals, rolesSchema } from '../users.js';

export const nameParams = Type.Object({ name: Type.String({ maxLength: 300, examples: ['ann'] }) });

const body = Type.Object(
  { roles: Type.Optional(rolesSchema), disabled: Type.Optional(Type.Boolean()) },
  { additionalProperties: false, minProperties: 1, examples: [{ roles: ['analyst'] }, { disabled: true }] },
);

export const user: Route = async (app) => {
  const schema = {
    tags: ['users'],
    summary: 'Give a user other roles, disable them, or enable them again: their sessions end at once',
    description: 'The keys of a disabled user are refused, and a key does no more than its owner may.',
    params: nameParams,
    body,
    response: {
      200: Type.Object(
        { success: Type.Literal(true), user: userSchema },
        { examples: [{ success: true, user: userExample }] },
      ),
      ...administrationRefusals('USER_NOT_FOUND', 'LAST_ADMIN'),
    },
  };
  app.patch('', { schema, config: { permission: 'users:write', audit: 'rights' } }, async (request) => {
    const { users } = await app.directory();
    try {
      const changed = await users.changeRights(request.params.name, request.body, authorOf(request));
      return { success: true, user: shownUser(changed) };
    } finally {
      // What was taken back has its lines, too.
      await handOver(request);
    }
  });
};
