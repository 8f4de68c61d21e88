// What the description says of a route beside the shapes of its schema, taken from what the route itself names: who may ask,
// what is written down of it, and the codes by which routes of its kind refuse.
import type { FastifyContextConfig, FastifySchema, RouteOptions } from 'fastify';
import type { ErrorCode } from '../../errors.js';
import { inEveryForm } from '../answer/row-text.js';
import { type Permission, permissions } from '../auth/permissions.js';
import { codesIn, refusals } from '../problem.js';

/** Characters of one part of a path that stands for a value. */
export const longestParam = 1000;

export const securitySchemes = {
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-carelake_session',
    description:
      'The cookie of a session, which POST /api/auth/sign-in sets; over TLS its name is `__Host-carelake_session`, without it `carelake_session_` and the port. What changes something bears `csrf_token` of /api/auth/session as `X-CSRF-Token`, too.',
  },
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key (`clk_…`) or an access token of /api/auth/token.',
  },
} as const;

const repeatKey = {
  type: 'object',
  properties: {
    'idempotency-key': {
      type: 'string',
      minLength: 1,
      maxLength: 255,
      description: 'The same request under the same key is done once, and answered alike when it is sent again.',
    },
  },
} as const;

const ofStrangers = 'Of strangers nothing is kept: `Idempotency-Key` is not looked at.';

/** @param isAsked Whether one must sign in to this server. */
export function describedRoute(schema: FastifySchema, { config = {}, method, url }: RouteOptions, isAsked: boolean) {
  const { permission = 'open', audit = 'none', rows, identifies } = config;
  const right = permissions.find(({ name }) => name === permission);
  const response = (schema.response ?? {}) as Readonly<Record<string, object>>;
  // Of strangers nothing is kept.
  const takesKey = method === 'POST' && (permission !== 'open' || identifies === true);
  const isReading = method === 'GET' || method === 'HEAD';
  const kind = codesOfKind(schema, config, { permission, inPerson: right?.inPerson ?? false, takesKey, isReading });
  const answers = Object.entries(response)
    .filter(([status]) => !/^[45]/.test(status))
    .map(([status, body]) => [status, rows === undefined ? body : inEveryForm(body, rows)]);
  return {
    ...schema,
    ...(schema.params !== undefined && { params: withinPath(schema.params as Params) }),
    operationId: operationId(String(method), url),
    ...(takesKey && { headers: repeatKey }),
    ...(method === 'POST' && !takesKey && { description: [schema.description, ofStrangers].filter(Boolean).join(' ') }),
    ...{ 'x-permission': permission, 'x-roles': right?.roles ?? [], 'x-audit': audit },
    ...(isAsked && { security: securityOf(permission, right?.inPerson ?? false) }),
    response: {
      ...Object.fromEntries(answers),
      ...(method === 'GET' && url.startsWith('/api/') && unchanged),
      ...refusals(...new Set([...codesIn(response), ...kind])),
    },
  };
}

interface Params {
  readonly properties: Readonly<Record<string, { readonly type?: string }>>;
}

/** An empty one makes another path, and the router looks no further into a long one. */
const withinPath = (params: Params): object => ({
  ...params,
  properties: Object.fromEntries(
    Object.entries(params.properties).map(([name, one]) => [
      name,
      one.type === 'string' && !('pattern' in one) ? { minLength: 1, maxLength: longestParam, ...one } : one,
    ]),
  ),
});

const unchanged = {
  304: { type: 'null', description: 'As whoever asks has it, who named its `ETag` in `If-None-Match`.' },
};

/** `getPatientsIdHistory`: for programs that make functions of operations. It does not change while method and path do not. */
const operationId = (method: string, url: string): string =>
  method.toLowerCase() +
  url
    .replace(/^[/]api(?=[/])/, '')
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');

function securityOf(permission: Permission, inPerson: boolean): Record<string, never[]>[] {
  if (permission === 'open') return [];
  return inPerson ? [{ session: [] }] : [{ session: [] }, { bearer: [] }];
}

interface Kind {
  readonly permission: Permission;
  readonly inPerson: boolean;
  readonly takesKey: boolean;
  readonly isReading: boolean;
}

function codesOfKind(
  { querystring, params }: FastifySchema,
  { audit = 'none', reads, repeats }: FastifyContextConfig,
  { permission, inPerson, takesKey, isReading }: Kind,
): ErrorCode[] {
  const when = (holds: unknown, ...codes: readonly ErrorCode[]) => (holds ? codes : []);
  return [
    'RATE_LIMITED',
    ...when(querystring || params || !isReading, 'REQUEST_INVALID'),
    // A body is looked at though none is asked for.
    ...when(!isReading, 'REQUEST_MEDIA_TYPE', 'REQUEST_TOO_LARGE', 'CSRF_REFUSED'),
    ...when(permission !== 'open', 'SIGN_IN_REQUIRED', 'FORBIDDEN'),
    ...when(inPerson, 'IN_PERSON_ONLY', 'SIGN_IN_OFF'),
    ...when(takesKey, 'IDEMPOTENCY_REUSED', 'IDEMPOTENCY_UNDER_WAY'),
    ...when(repeats === 'once' || repeats === 'password', 'IDEMPOTENCY_ONCE'),
    ...when(reads === 'run', 'NOT_PUBLISHED'),
    ...when(reads, 'SERVER_BUSY', 'ANSWER_TIMEOUT'),
    ...when(audit !== 'none', 'AUDIT_FAILED'),
  ];
}
