// Every route says what one must be allowed to do for it, and nobody gets past that without being known.
import Fastify, { type InjectOptions } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { roles } from '../../src/records/directory/role.js';
import { admits } from '../../src/server/auth/admission.js';
import { allPermissions, permissionsOf } from '../../src/server/auth/permissions.js';
import { emptyHouse, type House } from './house.js';
import { type KnownRoute, routesOf } from './route-list.js';

let house: House;
let all: KnownRoute[];
beforeAll(async () => {
  house = await emptyHouse({ auth: 'on' });
  all = await routesOf(house);
});
afterAll(() => house.close());

test('every route names a permission, and what changes something names one of writing', async () => {
  expect(all.length).toBeGreaterThan(45);
  expect(all.filter(({ permission }) => permission === undefined)).toEqual([]);
  const writes = all.filter(({ method, url }) => !['GET', 'HEAD'].includes(method) && url !== '/api/analytics/query');
  expect(writes.length).toBeGreaterThanOrEqual(16);
  for (const { method, url, permission } of writes) {
    const [, , what = ''] = url.split('/');
    const creates = ['patient', 'visit', 'prescription'].includes(what);
    const typed = creates ? 'records:create' : 'records:write';
    const needed = what === 'ml' ? 'predictions:ask' : /^(models|jobs)$/.test(what) ? 'models:write' : typed;
    expect([method, url, permission]).toEqual([method, url, needed]);
  }
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
  for (const { method, url, permission } of all) {
    const asked = { method: method as 'GET', url: url.replace(/:[a-z]+/g, 'x') } satisfies InjectOptions;
    const { statusCode, headers, body } = await house.server.inject(asked);
    const which = `${method} ${url}`;
    if (permission === 'open') {
      open.push(which);
      expect(statusCode === 401).toBe(url === '/metrics');
      expect(statusCode).not.toBe(403);
      continue;
    }
    expect([which, statusCode, headers['www-authenticate']]).toEqual([which, 401, 'Bearer realm="Carelake"']);
    if (method !== 'HEAD') expect(JSON.parse(body)).toMatchObject({ success: false, code: 'SIGN_IN_REQUIRED' });
  }
  // /metrics has a token of its own: test/server/observe/metrics.test.ts.
  const toAll = ['/api/catalog', '/api/errors', '/api/health', '/metrics'];
  expect(open.sort()).toEqual(['GET', 'HEAD'].flatMap((method) => toAll.map((url) => `${method} ${url}`)));
});

test('a wrong path and a wrong method are answered as such, and pages may be loaded to sign in with', async () => {
  const ask = async (url: string, method = 'GET', accept = '*/*') =>
    (await house.server.inject({ url, method: method as 'GET', headers: { accept } })).statusCode;
  expect(await ask('/api/nothing')).toBe(404);
  expect(await ask('/api/patients', 'PUT')).toBe(405);
  expect(await ask('/quality', 'GET', 'text/html')).toBe(200);
  expect(await ask('/api/openapi.json')).toBe(200);
});

test('an administrator may do everything that is not for one role alone, and every permission is given to somebody', () => {
  const ofAdmin = permissionsOf(['admin']);
  expect(allPermissions.filter((one) => !ofAdmin.has(one))).toEqual(['records:own']);
  const given = roles.flatMap((role) => [...permissionsOf([role])]);
  expect(new Set(given)).toEqual(new Set(allPermissions));
  expect([...permissionsOf([])]).toEqual(['open', 'account:own']);
});
