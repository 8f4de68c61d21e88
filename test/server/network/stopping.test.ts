// How long what was begun may go on when the server is asked to stop.
import Fastify from 'fastify';
import { afterEach, expect, test, vi } from 'vitest';
import { stopsInTime } from '../../../src/server/plugins/stopping.js';

afterEach(() => {
  vi.useRealTimers();
});

test.each([1, 60])('statements are ended %i s after the server was asked to stop, and not before', async (grace) => {
  const app = Fastify({ pluginTimeout: 0 });
  const reason = new Error('It stops.');
  const signal = stopsInTime(app, grace, reason);
  let answer = () => {};
  const asked = new Promise<void>((told) => {
    // The server ends when its last answer is given.
    app.addHook('preClose', async () => {
      told();
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
    });
  });
  await app.ready();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const closed = app.close();
  await asked;
  vi.advanceTimersByTime(grace * 1000 - 1);
  expect([app.isStopping(), signal.aborted]).toEqual([true, false]);
  vi.advanceTimersByTime(1);
  expect([signal.aborted, signal.reason]).toEqual([true, reason]);
  answer();
  await closed;
});
