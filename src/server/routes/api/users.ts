// GET /api/users: everybody who may sign in, or might. POST adds somebody, who chooses a password by a link.
import { Type } from 'typebox';
import type { ErrorCode } from '../../../errors.js';
import { authorOf, handOver } from '../../auth/noted.js';
import { roleSchema } from '../../auth/session-answer.js';
import { linkExample, linkSchema, shownLink, shownUser, userExample, userSchema } from '../../auth/user-schema.js';
import { refusals } from '../../problem.js';
import type { Route } from '../../route.js';

export const rolesSchema = Type.Array(roleSchema, { minItems: 1, maxItems: 5, uniqueItems: true });

const usersSchema = Type.Object(
  { success: Type.Literal(true), count: Type.Integer({ minimum: 0 }), users: Type.Array(userSchema) },
  { examples: [{ success: true, count: 1, users: [userExample] }] },
);

const body = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100, description: 'Also an address of e-mail; kept in lower case.' }),
    roles: rolesSchema,
  },
  { additionalProperties: false, examples: [{ name: 'ann', roles: ['clinician'] }] },
);

export const addedSchema = Type.Object(
  { success: Type.Literal(true), user: userSchema, link: linkSchema },
  { examples: [{ success: true, user: { ...userExample, state: 'invited', signed_in_at: null }, link: linkExample }] },
);

const administering = ['SIGN_IN_REQUIRED', 'FORBIDDEN', 'IN_PERSON_ONLY', 'SIGN_IN_OFF'] as const;

export const administrationRefusals = (...own: readonly ErrorCode[]) => refusals(...administering, ...own);

export const users: Route = async (app) => {
  const listing = {
    tags: ['users'],
    summary: 'Everybody who may sign in, or could once',
    response: { 200: usersSchema, ...administrationRefusals() },
  };
  const adding = {
    tags: ['users'],
    summary: 'Add a user: the link that is answered lets them choose a password',
    body,
    response: { 201: addedSchema, ...administrationRefusals('USER_EXISTS', 'USER_NAME') },
  };
  const permission = 'users:write';
  app.get('', { schema: listing, config: { permission, audit: 'none', rows: 'users' } }, async () => {
    const { users: known } = await app.directory();
    const all = await known.all();
    return { success: true, count: all.length, users: all.map(shownUser) };
  });
  app.post('', { schema: adding, config: { permission, audit: 'rights', repeats: 'once' } }, async (request, reply) => {
    const { name, roles } = request.body;
    const { users: known, links } = await app.directory();
    const created_by = request.actor.name;
    const user = await known.add({ name, roles, password: null, created_by }, authorOf(request));
    await handOver(request);
    reply.code(201);
    return { success: true, user: shownUser(user), link: shownLink(await links.make(user)) };
  });
};
