// What is said of the session to whoever has it: who they are, what they may do, and what their writes must bear.
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { roles } from '../../records/directory/role.js';
import type { FoundSession } from '../../records/directory/session.js';
import { permissions, permissionsOf } from './permissions.js';

export const roleSchema = Type.Enum([...roles]);

const user = Type.Object({
  name: Type.String(),
  kind: Type.Enum(['process', 'user', 'key', 'token'], {
    description: 'Somebody who signed in, a key or token of them, or, where sign-in is off, the user of the process.',
  }),
  roles: Type.Array(roleSchema),
  permissions: Type.Array(Type.Enum(permissions.map(({ name }) => name))),
});

const example = {
  success: true,
  auth: 'on',
  user: {
    name: 'ann',
    kind: 'user',
    roles: ['analyst'],
    permissions: ['account:own', 'keys:own', 'numbers:read', 'deidentified:read', 'models:read'],
  },
  provider: null,
  csrf_token: '0nWb3xGcQF0mYw0o0l0n3yqv1n2m3b4v5c6x7z8a9s0',
  idle_seconds: 1800,
  expires_at: '2026-03-01T20:15:30.123Z',
} as const;

export const sessionSchema = Type.Object(
  {
    success: Type.Literal(true),
    auth: Type.Enum(['on', 'off'], {
      description: 'Off: nobody signs in, and whoever reaches the server may do everything.',
    }),
    user: Type.Union([user, Type.Null()], { description: 'Null where nobody is signed in.' }),
    provider: Type.Union([Type.String(), Type.Null()], {
      description: 'The host of the provider of OpenID Connect that one may sign in at; null where there is none.',
    }),
    csrf_token: Type.Union([Type.String(), Type.Null()], {
      description:
        'To be sent as the header X-CSRF-Token with everything but GET and HEAD; null where there is no cookie.',
    }),
    idle_seconds: Type.Union([Type.Integer(), Type.Null()], {
      description:
        'How long nobody may be at it until the session ends. Requests with the header X-Unattended do not count.',
    }),
    expires_at: Type.Union([Type.String({ format: 'date-time' }), Type.Null()], {
      description: 'When it ends in any case.',
    }),
  },
  { examples: [example, { ...example, user: null, csrf_token: null, idle_seconds: null, expires_at: null }] },
);

export function sessionAnswer({ server: { parts }, actor, signedIn }: FastifyRequest) {
  const { name, kind, roles: held } = actor;
  const allowed = permissionsOf(held);
  return {
    success: true as const,
    auth: parts.auth,
    user:
      kind === 'nobody'
        ? null
        : {
            name,
            kind,
            roles: held,
            permissions: permissions.flatMap((one) => (allowed.has(one.name) ? [one.name] : [])),
          },
    provider: parts.provider?.host ?? null,
    ...ofSession(signedIn, parts.sessions.idle),
  };
}

const ofSession = (found: FoundSession | null, idle: number) => ({
  csrf_token: found?.session.csrf ?? null,
  idle_seconds: found ? Math.floor(idle / 1000) : null,
  expires_at: found?.session.expires_at ?? null,
});
