// Under which names the server answers, to whose pages, and whose word about a request is believed.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyHouse, type House } from '../house.js';

const proxy = '198.51.100.9';
const page = 'http://localhost:3000';
let house: House;
let closed: House;
beforeAll(async () => {
  const network = { publicHosts: ['care.example.org'], trustedProxies: [proxy], cors: [page, 'https://a.example'] };
  [house, closed] = await Promise.all([emptyHouse({ network }), emptyHouse()]);
});
afterAll(() => Promise.all([house.close(), closed.close()]));

describe('the name of the host', () => {
  const statusOf = async (host: string, headers = {}, remoteAddress = '203.0.113.1') =>
    (await house.server.inject({ url: '/api/errors', headers: { host, ...headers }, remoteAddress })).statusCode;

  test.each(['care.example.org', 'CARE.example.org:443', 'localhost'])('%s is answered', async (host) => {
    expect(await statusOf(host)).toBe(200);
  });

  test.each([
    'evil.example',
    'care.example.org.evil.example',
    'xcare.example.org',
    'care.example.org@evil.example',
    '10.0.0.1',
  ])('%s is refused', async (host) => {
    expect(await statusOf(host)).toBe(421);
  });

  test('is that which a trusted proxy was asked under, and nobody else can say so', async () => {
    const forwarded = { 'x-forwarded-host': 'care.example.org' };
    expect(await statusOf('10.1.1.1:5000', forwarded, proxy)).toBe(200);
    expect(await statusOf('10.1.1.1:5000', forwarded)).toBe(421);
    expect(await statusOf('localhost', { 'x-forwarded-host': 'evil.example' }, proxy)).toBe(421);
  });
});

describe('HSTS', () => {
  const hsts = async (headers: Record<string, string>, remoteAddress: string) =>
    (await house.server.inject({ url: '/api/errors', headers, remoteAddress })).headers['strict-transport-security'];

  test('is said where a trusted proxy was asked over TLS, and not because somebody says so', async () => {
    expect(await hsts({ 'x-forwarded-proto': 'https' }, proxy)).toBe('max-age=31536000');
    expect(await hsts({ 'x-forwarded-proto': 'http' }, proxy)).toBeUndefined();
    expect(await hsts({ 'x-forwarded-proto': 'https' }, '203.0.113.1')).toBeUndefined();
  });
});

describe('a page of another origin', () => {
  const asked = (origin: string, method: 'GET' | 'OPTIONS' = 'GET', { server } = house) =>
    server.inject({
      ...{ method, url: '/api/errors' },
      headers: { origin, ...(method === 'OPTIONS' && { 'access-control-request-method': 'POST' }) },
    });

  test('may ask and send cookies where it is listed', async () => {
    const { statusCode, headers } = await asked(page);
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({ 'access-control-allow-origin': page, 'access-control-allow-credentials': 'true' });
    expect(headers.vary).toContain('Origin');
    const preflight = await asked(page, 'OPTIONS');
    expect(preflight.statusCode).toBe(204);
    expect(preflight.headers).toMatchObject({ 'access-control-allow-origin': page });
    expect(preflight.headers['access-control-allow-methods']).toContain('PATCH');
  });

  test.each(['http://localhost:3001', 'https://localhost:3000', 'null', 'http://localhost:3000.evil.example', '*', ''])(
    'is told nothing where it is %j, which is not listed',
    async (origin) => {
      for (const method of ['GET', 'OPTIONS'] as const) {
        const { headers, statusCode } = await asked(origin, method);
        expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
        expect(statusCode).toBe(method === 'GET' ? 200 : 405);
      }
    },
  );

  test('is none that any server lists unasked', async () => {
    for (const method of ['GET', 'OPTIONS'] as const) {
      const { headers } = await asked(page, method, closed);
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
  });
});
