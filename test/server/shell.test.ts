// What holds for every path: errors, methods, host names, headers, tags, and the page where no web app is built.
import { METHODS } from 'node:http';
import { gunzipSync } from 'node:zlib';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorTable } from '../../src/errors.js';
import { emptyHouse, type House, motleyHouse } from './house.js';

let house: House;
beforeAll(async () => {
  house = await motleyHouse();
});
afterAll(() => house.close());

const inject = (options: InjectOptions | string) => house.server.inject(options);

test('health says what runs and what is published', async () => {
  expect(await house.get('/api/health')).toEqual({
    success: true,
    status: 'ok',
    version: expect.stringMatching(/^[0-9]+[.][0-9]+[.][0-9]+/),
    workspace: 'default',
    uptime_s: expect.any(Number),
    run: (await house.workspace.manifest()).id,
    dependencies: {
      lake: { ok: true, ms: expect.any(Number), code: null },
      records: { ok: true, ms: expect.any(Number), code: null },
      engine: { ok: true, ms: expect.any(Number), code: null },
    },
  });
});

test('an unknown path is a problem of the table', async () => {
  const { statusCode, headers, body } = await inject('/api/nothing?name=Smith');
  expect(statusCode).toBe(404);
  expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
  const { title, fix } = errorTable.PATH_NOT_FOUND;
  expect(JSON.parse(body)).toEqual({
    success: false,
    type: '/api/errors#PATH_NOT_FOUND',
    title,
    status: 404,
    code: 'PATH_NOT_FOUND',
    detail: 'There is nothing at /api/nothing.',
    message: 'There is nothing at /api/nothing.',
    fix,
    errors: [],
  });
});

test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'QUERY'] as const)(
  '%s of a path that is only read is 405 with Allow',
  async (method) => {
    const { statusCode, headers, body } = await inject({ method: method as 'POST', url: '/api/health' });
    expect(statusCode).toBe(405);
    expect(headers.allow).toBe('GET, HEAD');
    expect(JSON.parse(body)).toMatchObject({ success: false, code: 'METHOD_NOT_ALLOWED' });
  },
);

test('on every path, every method that is not its own is 405 with those that are', async () => {
  const { paths } = await house.get<{ paths: Record<string, object> }>('/api/openapi.json');
  const hidden = ['/api/openapi.json', '/api/docs'].map((path): [string, object] => [path, { get: {} }]);
  const wrong: string[] = [];
  for (const [path, operations] of [...Object.entries(paths), ...hidden]) {
    const own = Object.keys(operations).map((method) => method.toUpperCase());
    const allowed = [...own, ...(own.includes('GET') ? ['HEAD'] : [])].sort().join(', ');
    for (const method of METHODS.filter((one) => one !== 'CONNECT' && !allowed.split(', ').includes(one))) {
      const url = path.replaceAll(/\{[a-z]+\}/g, 'x');
      const { statusCode, headers } = await inject({ method: method as 'PUT', url });
      if (statusCode !== 405 || headers.allow !== allowed)
        wrong.push(`${method} ${path} ${statusCode} ${headers.allow}`);
    }
  }
  expect(wrong).toEqual([]);
  expect((await inject({ method: 'PUT', url: '/api/nothing' })).statusCode).toBe(404);
});

test.each([
  'evil.example',
  'evil.example:5000',
  '192.168.1.5',
  '127.0.0.1.evil.example',
  'localhost.',
  'localhost:',
  ':5000',
])('a request to the host %j is refused, since its name may have been made to point here', async (host) => {
  for (const url of ['/api/dashboard', '/']) {
    const { statusCode, body } = await inject({ url, headers: { host } });
    expect(statusCode).toBe(421);
    expect(JSON.parse(body)).toMatchObject({ code: 'HOST_REFUSED' });
  }
});

test.each(['localhost', 'LOCALHOST:80', '127.0.0.1:5000', '127.8.8.8', '[::1]:5000'])(
  '%s is this machine',
  async (host) => {
    expect((await inject({ url: '/api/health', headers: { host } })).statusCode).toBe(200);
  },
);

test('a page may load from the server alone, and run nothing that is not of it', async () => {
  const { headers } = await inject({ url: '/', headers: { accept: 'text/html' } });
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toMatch(/script-src 'self' 'nonce-[0-9a-f]{32}';/);
  expect(policy).not.toContain('unsafe-eval');
  expect(/script-src [^;]*/.exec(policy)?.[0]).not.toContain('unsafe-inline');
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
  });
});

test('where no web app is built, every page says so and data is still data', async () => {
  for (const url of ['/', '/quality', '/patients/P1.5']) {
    const { statusCode, headers, body } = await inject({ url, headers: { accept: 'text/html,*/*' } });
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(body).toContain('The web app is not built');
  }
  const missing = ['/api/nothing', '/assets/app.js'].map((url) => inject({ url, headers: { accept: 'text/html' } }));
  for (const { statusCode } of await Promise.all(missing)) expect(statusCode).toBe(404);
});

test.each(['/api/dashboard', '/api/catalog', '/api/get-analytics'])(
  '%s is not sent again to whoever has it',
  async (url) => {
    const first = await inject(url);
    const tag = String(first.headers.etag);
    expect(tag).toMatch(/^W\/".{20,}"$/);
    expect(first.headers['cache-control']).toBe('private, no-cache');
    for (const known of [tag, `"other", ${tag}`, '*']) {
      const { statusCode, body, headers } = await inject({ url, headers: { 'if-none-match': known } });
      expect([statusCode, body, headers.etag]).toEqual([304, '', tag]);
    }
    expect((await inject({ url, headers: { 'if-none-match': '"other"' } })).statusCode).toBe(200);
  },
);

test('a long answer is compressed for whoever takes it so', async () => {
  const { headers, rawPayload } = await inject({
    url: '/api/openapi.json',
    headers: { 'accept-encoding': 'br, gzip' },
  });
  expect(headers['content-encoding']).toBe('br');
  expect(rawPayload.length * 2).toBeLessThan((await inject('/api/openapi.json')).rawPayload.length);
});

test('a long list is compressed with gzip for whoever takes that alone, and is the same list', async () => {
  const url = '/api/codes';
  const { headers, rawPayload } = await inject({ url, headers: { 'accept-encoding': 'gzip' } });
  expect([headers['content-encoding'], headers.vary]).toEqual(['gzip', expect.stringContaining('accept-encoding')]);
  const plain = await inject(url);
  expect(plain.headers['content-encoding']).toBeUndefined();
  expect(gunzipSync(rawPayload).equals(plain.rawPayload)).toBe(true);
  expect(rawPayload.length * 2).toBeLessThan(plain.rawPayload.length);
});

describe('where nothing is published', () => {
  let empty: House;
  beforeAll(async () => {
    empty = await emptyHouse();
  });
  afterAll(() => empty.close());

  test('health says so, and figures are refused by a code, never 0', async () => {
    expect(await empty.get('/api/health')).toMatchObject({ success: true, run: null });
    for (const url of ['/api/dashboard', '/api/get-analytics']) {
      const { statusCode, body } = await empty.server.inject(url);
      expect(statusCode).toBe(409);
      expect(JSON.parse(body)).toMatchObject({ success: false, code: 'NOT_PUBLISHED' });
    }
  });
});
