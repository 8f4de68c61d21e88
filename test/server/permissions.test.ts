// Every route says what one must be allowed to do for it.
import type { FastifyInstance } from 'fastify';
import Fastify from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { routes } from '../../src/server/routes/routes.js';
import { emptyHouse, type House } from './house.js';

let house: House;
let bare: FastifyInstance;
beforeAll(async () => {
  house = await emptyHouse();
});
afterAll(async () => {
  await bare.close();
  await house.close();
});

test('every route names a permission, and what changes something names one of writing', async () => {
  const found: [string, string, string | undefined][] = [];
  bare = Fastify();
  const { parts, predictor, changes, runs } = house.server;
  bare.decorate('parts', parts).decorate('predictor', predictor).decorate('changes', changes).decorate('runs', runs);
  bare.addHook('onRoute', ({ url, method, config }) => {
    for (const one of [method].flat()) found.push([one, url, config?.permission]);
  });
  await bare.register(routes);
  await bare.ready();
  expect(found.length).toBeGreaterThan(45);
  expect(found.filter(([, , permission]) => permission === undefined)).toEqual([]);
  const writes = found.filter(([method, url]) => !['GET', 'HEAD'].includes(method) && url !== '/api/analytics/query');
  expect(writes.length).toBeGreaterThanOrEqual(16);
  for (const [method, url, permission] of writes) {
    const [, , what] = url.split('/');
    const needed =
      what === 'ml' ? 'predictions:ask' : /^(models|jobs)$/.test(what ?? '') ? 'models:write' : 'records:write';
    expect([method, url, permission]).toEqual([method, url, needed]);
  }
});
