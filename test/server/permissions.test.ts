// Every route with every method, asked by every role, by a key and an access token of every role, and by nobody.
import Fastify, { type InjectOptions, type LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Role, roles } from '../../src/records/directory/role.js';
import { accessToken } from '../../src/server/auth/access-token.js';
import { admits } from '../../src/server/auth/admission.js';
import { type Permission, permissions } from '../../src/server/auth/permissions.js';
import { author, personOf, userOf } from './auth/people.js';
import { emptyHouse, type House } from './house.js';
import { type KnownRoute, routesOf } from './route-list.js';

/** What each role may do, written down a second time: a slip in the table of the program is seen here. */
const expected: Readonly<Record<Role, readonly Permission[]>> = {
  admin: [
    ...(['account:own', 'keys:own', 'users:write', 'numbers:read', 'patients:look-up', 'records:read'] as const),
    ...(['records:create', 'records:write', 'predictions:ask', 'models:read', 'models:write'] as const),
    ...(['metrics:read', 'audit:read', 'uploads:read', 'uploads:write', 'worklist:use', 'deidentified:read'] as const),
  ],
  clinician: [
    ...(['account:own', 'keys:own', 'numbers:read', 'patients:look-up', 'records:read', 'records:create'] as const),
    ...([
      'records:write',
      'predictions:ask',
      'models:read',
      'uploads:read',
      'uploads:write',
      'worklist:use',
      'deidentified:read',
    ] as const),
  ],
  data_entry: ['account:own', 'keys:own', 'patients:look-up', 'records:create', 'records:own'],
  analyst: ['account:own', 'keys:own', 'numbers:read', 'models:read', 'deidentified:read'],
  auditor: ['account:own', 'keys:own', 'audit:read'],
};

const inPerson: readonly Permission[] = ['account:own', 'keys:own', 'users:write'];

let house: House;
let all: KnownRoute[];
beforeAll(async () => {
  house = await emptyHouse({ auth: 'on' });
  all = await routesOf(house);
});
afterAll(() => house.close());

const pathOf = ({ url }: KnownRoute): string => url.replace(/:[a-z]+/g, 'x');

async function ask(route: KnownRoute, headers: InjectOptions['headers'] = {}): Promise<LightMyRequestResponse> {
  // The answer of /api/events has no end: its head is enough.
  const answer = await house.server.inject({
    method: route.method as 'GET',
    url: pathOf(route),
    headers,
    ...(/P(OST|ATCH)/.test(route.method) && { payload: {} }),
    payloadAsStream: route.url === '/api/events',
  });
  if (route.url === '/api/events') answer.stream().destroy();
  return answer;
}

const codeOf = ({ statusCode, body, headers }: LightMyRequestResponse): string =>
  statusCode >= 400 && body && String(headers['content-type']).includes('json') ? JSON.parse(body).code : '';

test('every route names a permission, and what changes something names one of writing', async () => {
  expect(all.length).toBeGreaterThan(60);
  expect(all.filter(({ permission }) => permission === undefined)).toEqual([]);
  const writes = all.filter(({ method, url }) => !['GET', 'HEAD'].includes(method) && url !== '/api/analytics/query');
  const reading = new Set<Permission>([
    'numbers:read',
    'patients:look-up',
    'records:read',
    'models:read',
    'deidentified:read',
  ]);
  expect(writes.length).toBeGreaterThanOrEqual(28);
  expect(writes.filter(({ permission = 'open' }) => reading.has(permission))).toEqual([]);
});

test('a route without a permission keeps the server from starting', async () => {
  const app = Fastify();
  admits(app);
  app.get('/api/forgotten', async () => 'everything');
  await expect(app.ready()).rejects.toThrow('No permission is named by /api/forgotten');
  await app.close();
});

test('whoever is not known is answered only where a route is open to all', async () => {
  const open: string[] = [];
  for (const route of all) {
    const answer = await ask(route);
    const which = `${route.method} ${route.url}`;
    const { statusCode, headers } = answer;
    if (route.permission === 'open') {
      open.push(which);
      expect([which, statusCode]).not.toEqual([which, 403]);
      if (route.url !== '/metrics') expect([which, codeOf(answer)]).not.toEqual([which, 'SIGN_IN_REQUIRED']);
      continue;
    }
    expect([which, statusCode, headers['www-authenticate']]).toEqual([which, 401, 'Bearer realm="Carelake"']);
    if (route.method !== 'HEAD' && route.url !== '/api/events') expect(codeOf(answer)).toBe('SIGN_IN_REQUIRED');
  }
  // /metrics has a token of its own: test/server/observe/metrics.test.ts.
  const read = [
    '/api/catalog',
    '/api/codes',
    '/api/codes/:list',
    '/api/errors',
    '/api/health',
    '/api/auth/session',
    '/api/auth/oidc/start',
    '/api/auth/oidc/callback',
    '/metrics',
  ];
  expect(open.sort()).toEqual(
    [
      ...['GET', 'HEAD'].flatMap((method) => read.map((url) => `${method} ${url}`)),
      ...['sign-in', 'link', 'link/owner', 'token', 'token/revoke'].map((what) => `POST /api/auth/${what}`),
    ].sort(),
  );
});

test.each(roles)(
  '%s is answered what the role may do, and nothing else, signed in, by a key and by a token',
  async (role) => {
    const may = new Set<Permission>(['open', ...expected[role]]);
    const name = role.replace('_', '-');
    const owner = await userOf(house, name, [role]);
    const { grants, keys } = await house.server.directory();
    const { key, secret } = await keys.add(owner, { name: 'test', roles: [role], days: 1 }, author);
    for (const route of all) {
      const { permission = 'open', own } = route;
      // A session of its own for each, since some end it.
      const { cookie, csrf } = await personOf(house, name, [role]);
      const signedIn = await ask(route, { cookie, 'x-csrf-token': csrf });
      const byKey = await ask(route, { authorization: `Bearer ${secret}` });
      // Of now: to end all sessions of a user ends their tokens, too.
      const token = await accessToken(house.server, await grants.give(await userOf(house, name, [role]), key));
      const byToken = await ask(route, { authorization: `Bearer ${token}` });
      const which = `${route.method} ${route.url} (${permission})`;
      // Of a record of somebody else it is not said that it is there.
      const allowed = may.has(permission) || (own && may.has('records:own'));
      const ownAlone = own && !may.has(permission);
      for (const [how, answer] of [
        ['signed in', signedIn],
        ['key', byKey],
        ['token', byToken],
      ] as const) {
        const isRefused = answer.statusCode === 401 || answer.statusCode === 403;
        const mayThus = how === 'signed in' || !inPerson.includes(permission);
        // What is open to all may still refuse a password or a body.
        if (permission !== 'open') expect([which, how, isRefused]).toEqual([which, how, !(allowed && mayThus)]);
        if (allowed && ownAlone) expect([which, answer.statusCode]).toEqual([which, 404]);
        if (isRefused && permission !== 'open') expect([which, answer.statusCode]).toEqual([which, 403]);
      }
    }
  },
  60_000,
);

test('the table of the program gives each role what stands here', () => {
  for (const role of roles) {
    const given = permissions.filter((one) => one.roles.length === 0 || (one.roles as readonly Role[]).includes(role));
    expect([role, given.map(({ name }) => name).sort()]).toEqual([role, [...expected[role]].sort()]);
  }
  expect(permissions.filter((one) => one.inPerson).map(({ name }) => name)).toEqual(inPerson);
});

test('a wrong path and a wrong method are answered as such, and pages may be loaded to sign in with', async () => {
  const look = async (url: string, method = 'GET', accept = '*/*') =>
    (await house.server.inject({ url, method: method as 'GET', headers: { accept } })).statusCode;
  expect(await look('/api/nothing')).toBe(404);
  expect(await look('/api/patients', 'PUT')).toBe(405);
  expect(await look('/quality', 'GET', 'text/html')).toBe(200);
  expect(await look('/api/openapi.json')).toBe(200);
});
