// What people who sign in are answered has the shape that the description of the interface says.
import { Compile } from 'typebox/compile';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyHouse, type House } from '../house.js';
import { cookieOf, personBy, personOf } from './people.js';

interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: { examples?: unknown[] } }>> };
  readonly responses: Readonly<Record<string, { content?: Record<string, { schema: object; examples?: object }> }>>;
}

let house: House;
let paths: Record<string, Record<string, Operation>>;
let problem: object;
beforeAll(async () => {
  house = await emptyHouse({ auth: 'on' });
  const described = await house.get<{ paths: typeof paths; components: { schemas: { Problem: object } } }>(
    '/api/openapi.json',
  );
  paths = described.paths;
  problem = described.components.schemas.Problem;
});
afterAll(() => house.close());

const seen = new Set<string>();

function faultsOf(method: string, path: string, status: number, body: unknown) {
  seen.add(`${method} ${path}`);
  const { responses } = paths[path]?.[method.toLowerCase()] ?? { responses: {} };
  const [content] = Object.values(
    responses[status]?.content ?? responses[`${Math.floor(status / 100)}XX`]?.content ?? {},
  );
  if (!content) return [`${method} ${path} describes no ${status}.`];
  const own = '$ref' in content.schema ? problem : content.schema;
  const check = Compile(own as Parameters<typeof Compile>[0]);
  return check.Check(body) ? [] : check.Errors(body).slice(0, 3);
}

test('every answer, and every refusal, of sign-in, users and keys', async () => {
  const root = await personOf(house, 'root', ['admin']);
  const password = 'four words nobody expects';
  const asks: [method: string, path: string, url: string, body: object | undefined, status: number][] = [
    ['POST', '/api/users', '/api/users', { name: 'ann', roles: ['analyst'] }, 201],
    ['POST', '/api/users', '/api/users', { name: 'ann', roles: ['analyst'] }, 409],
    ['POST', '/api/users', '/api/users', { name: 'ann ', roles: [] }, 400],
    ['GET', '/api/users', '/api/users', undefined, 200],
    ['PATCH', '/api/users/{name}', '/api/users/ann', { roles: ['clinician'] }, 200],
    ['PATCH', '/api/users/{name}', '/api/users/nobody', { disabled: true }, 404],
    ['POST', '/api/users/{name}/link', '/api/users/ann/link', {}, 201],
    ['POST', '/api/keys', '/api/keys', { name: 'x', roles: ['admin'] }, 201],
    ['POST', '/api/keys', '/api/keys', { name: 'x', roles: ['analyst'] }, 422],
    ['GET', '/api/keys', '/api/keys', undefined, 200],
    ['DELETE', '/api/keys/{id}', '/api/keys/none', undefined, 404],
    ['GET', '/api/auth/session', '/api/auth/session', undefined, 200],
    ['GET', '/api/auth/sessions', '/api/auth/sessions', undefined, 200],
    ['DELETE', '/api/auth/sessions/{id}', '/api/auth/sessions/none', undefined, 404],
    ['POST', '/api/auth/password', '/api/auth/password', { current: 'wrong words', password }, 403],
    ['POST', '/api/auth/link', '/api/auth/link', { token: 'x', password }, 410],
    ['POST', '/api/auth/link/owner', '/api/auth/link/owner', { token: 'x' }, 410],
    ['POST', '/api/auth/sign-in', '/api/auth/sign-in', { name: 'ann', password }, 401],
    ['POST', '/api/auth/token', '/api/auth/token', { grant_type: 'refresh_token', refresh_token: 'x' }, 401],
    ['GET', '/api/auth/oidc/start', '/api/auth/oidc/start', undefined, 404],
    ['GET', '/api/auth/oidc/callback', '/api/auth/oidc/callback', undefined, 404],
    ['POST', '/api/auth/token/revoke', '/api/auth/token/revoke', { refresh_token: 'x' }, 200],
  ];
  for (const [method, path, url, body, status] of asks) {
    const answer = await root.ask(url, method, body);
    expect([url, answer.statusCode, answer.body]).toEqual([url, status, answer.body]);
    expect([url, faultsOf(method, path, status, answer.json())]).toEqual([url, []]);
  }
  const { links, users } = await house.server.directory();
  const ann = await users.get('ann');
  const { token } = await links.make(ann as NonNullable<typeof ann>);
  for (const [path, body] of [
    ['/api/auth/link/owner', { token }],
    ['/api/auth/link', { token, password }],
    ['/api/auth/sign-in', { name: 'ann', password }],
  ] as const) {
    const answer = await house.server.inject({ method: 'POST', url: path, payload: body });
    expect([path, answer.statusCode, faultsOf('POST', path, 200, answer.json())]).toEqual([path, 200, []]);
    if (path !== '/api/auth/sign-in') continue;
    const person = personBy(house, ann as NonNullable<typeof ann>, cookieOf(answer) ?? '', answer.json().csrf_token);
    const out = await person.ask('/api/auth/sign-out', 'POST', {});
    expect(faultsOf('POST', '/api/auth/sign-out', out.statusCode, out.json())).toEqual([]);
  }
  const key = (await root.ask('/api/keys', 'POST', { name: 'y', roles: ['admin'] })).json().secret;
  const headers = { authorization: `Bearer ${key}` };
  const payload = { grant_type: 'client_credentials' };
  const granted = await house.server.inject({ method: 'POST', url: '/api/auth/token', payload, headers });
  expect([granted.statusCode, faultsOf('POST', '/api/auth/token', 200, granted.json())]).toEqual([200, []]);
  const all = await root.ask('/api/auth/sessions', 'DELETE');
  expect(faultsOf('DELETE', '/api/auth/sessions', all.statusCode, all.json())).toEqual([]);
  const described = Object.entries(paths)
    .filter(([path]) => /^[/]api[/](auth|users|keys)/.test(path))
    .flatMap(([path, operations]) => Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`));
  expect([...seen].sort()).toEqual(described.filter((one) => !one.startsWith('HEAD')).sort());
});

test('each names the codes that it refuses by, and shows bodies that it takes', () => {
  for (const [path, operations] of Object.entries(paths).filter(([one]) => /^[/]api[/](auth|users|keys)/.test(one))) {
    for (const [method, { requestBody, responses }] of Object.entries(operations)) {
      if (path === '/api/auth/session' || method === 'head') continue;
      const codes = Object.values(responses).flatMap(({ content = {} }) =>
        Object.values(content).flatMap(({ examples = {} }) => Object.keys(examples)),
      );
      expect([method, path, codes.length > 1]).toEqual([method, path, true]);
      if (!/post|patch/.test(method)) continue;
      const { schema } = requestBody?.content['application/json'] ?? { schema: {} };
      const check = Compile(schema as Parameters<typeof Compile>[0]);
      expect([path, schema.examples?.length]).not.toEqual([path, 0]);
      for (const example of schema.examples ?? []) expect([path, check.Check(example)]).toEqual([path, true]);
    }
  }
});
