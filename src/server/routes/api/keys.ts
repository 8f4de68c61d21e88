// GET /api/keys: one's API keys. POST makes one, and says its secret this once.
import { Type } from 'typebox';
import { CarelakeError, type ErrorCode } from '../../../errors.js';
import type { ApiKey } from '../../../records/directory/key.js';
import { authorOf, handOver } from '../../auth/noted.js';
import { permissionsOf } from '../../auth/permissions.js';
import { roleSchema } from '../../auth/session-answer.js';
import { refusals } from '../../problem.js';
import type { Route } from '../../route.js';
import { rolesSchema } from './users.js';

const time = Type.String({ format: 'date-time' });

const keySchema = Type.Object({
  id: Type.String(),
  user: Type.String({ description: 'In whose name it acts.' }),
  name: Type.String(),
  roles: Type.Array(roleSchema),
  created_at: time,
  expires_at: time,
  used_at: Type.Union([time, Type.Null()], { description: 'When it was last used, to the minute.' }),
});

const example = {
  ...{ id: '5f1d7a84db3b6c8e', user: 'ann', name: 'nightly report', roles: ['analyst' as const] },
  ...{ created_at: '2026-03-01T08:15:30.123Z', expires_at: '2026-05-30T08:15:30.123Z', used_at: null },
};

const keysSchema = Type.Object(
  { success: Type.Literal(true), count: Type.Integer({ minimum: 0 }), keys: Type.Array(keySchema) },
  { examples: [{ success: true, count: 1, keys: [example] }] },
);

const madeSchema = Type.Object(
  {
    success: Type.Literal(true),
    key: keySchema,
    secret: Type.String({ description: 'Told this once: to be sent as Authorization: Bearer clk_…' }),
  },
  {
    examples: [
      { success: true, key: example, secret: 'clk_5f1d7a84db3b6c8e_0nWb3xGcQF0mYw0o0l0n3yqv1n2m3b4v5c6x7z8a9s0' },
    ],
  },
);

const body = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100, description: 'What it is for.' }),
    roles: Type.Optional(rolesSchema),
    days: Type.Optional(Type.Integer({ minimum: 1, maximum: 366, description: 'How long it is good for; else 90.' })),
  },
  { additionalProperties: false, examples: [{ name: 'nightly report', roles: ['analyst'], days: 90 }] },
);

const querystring = Type.Object(
  { user: Type.Optional(Type.String({ maxLength: 300, description: 'Whose; of others only for administrators.' })) },
  { additionalProperties: false },
);

export const keyRefusals = (...own: readonly ErrorCode[]) =>
  refusals('SIGN_IN_REQUIRED', 'FORBIDDEN', 'IN_PERSON_ONLY', 'SIGN_IN_OFF', ...own);

export const keys: Route = async (app) => {
  const listing = {
    tags: ['users'],
    summary: 'One’s API keys; an administrator may see those of others',
    querystring,
    response: { 200: keysSchema, ...keyRefusals() },
  };
  const making = {
    tags: ['users'],
    summary: 'Make an API key that acts in one’s name, with all of one’s roles or some of them',
    body,
    response: { 201: madeSchema, ...keyRefusals('KEY_ROLES') },
  };
  const permission = 'keys:own';
  app.get(
    '',
    { schema: listing, config: { permission, audit: 'none', rows: 'keys' } },
    async ({ actor, query: { user = actor.name } }) => {
      if (user !== actor.name && !permissionsOf(actor.roles).has('users:write')) {
        throw new CarelakeError('FORBIDDEN', `${actor.name} may see only their own keys.`);
      }
      const { keys: known } = await app.directory();
      const found = await known.list(user);
      return { success: true, count: found.length, keys: found.map(shownKey) };
    },
  );
  app.post('', { schema: making, config: { permission, audit: 'rights', repeats: 'once' } }, async (request, reply) => {
    const { actor, signedIn } = request;
    const { name, roles, days = 90 } = request.body;
    const { keys: known } = await app.directory();
    if (!signedIn) throw new CarelakeError('IN_PERSON_ONLY', `${actor.name} is not signed in.`);
    const wanted = { name, roles: roles ?? actor.roles, days };
    const { key, secret } = await known.add(signedIn.user, wanted, authorOf(request));
    await handOver(request);
    reply.code(201);
    return { success: true, key: shownKey(key), secret };
  });
};

const shownKey = ({ id, user, name, roles, created_at, expires_at, used_at }: ApiKey) => ({
  ...{ id, user, name, roles, created_at, expires_at, used_at },
});
