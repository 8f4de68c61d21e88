import { setTimeout as pause } from 'node:timers/promises';
import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { refusesSlowBodies } from '../../../src/server/plugins/slow-bodies.js';

test.each([{}, { body: 'long' } as const])('who asks without a network is not let go of, body %o', async (config) => {
  const app = Fastify();
  refusesSlowBodies(app, 1, 1);
  // Refused before its body is read, which then never ends.
  app.addHook('onRequest', async () => {
    throw new Error('refused');
  });
  app.post('/', { config }, async () => 'read');
  expect((await app.inject({ method: 'POST', url: '/', payload: { a: 1 } })).statusCode).toBe(500);
  await pause(20);
  await app.close();
});
