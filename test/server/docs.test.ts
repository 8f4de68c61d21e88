// The interface as a page: from this server alone, under the rules of every other page.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyHouse, type House } from './house.js';

let house: House;
beforeAll(async () => {
  house = await emptyHouse({ auth: 'on' });
});
afterAll(() => house.close());

test('it is open to all, and loads nothing from elsewhere', async () => {
  const { statusCode, body, headers } = await house.server.inject('/api/docs');
  expect(statusCode).toBe(200);
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  expect(body).not.toMatch(/https?:|<script>[^<]/);
  const parts = [...body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url ?? '');
  expect(parts.length).toBeGreaterThan(3);
  for (const url of parts) expect([url, (await house.server.inject(url)).statusCode]).toEqual([url, 200]);
});

test('it shows what /api/openapi.json describes', async () => {
  const [shown, described] = await Promise.all(
    ['/api/docs/json', '/api/openapi.json'].map(async (url) => JSON.parse((await house.server.inject(url)).body)),
  );
  expect(shown).toEqual(described);
});
