// What an answer that is given leaves in memory.
import type { FastifyReply } from 'fastify';
import { expect, test } from 'vitest';
import { endingOf } from '../../../src/server/answer/ending.js';
import { leftBehind } from '../../left-behind.js';

test('what a request held is gone with the next collection of the young', async () => {
  const stop = new AbortController().signal;
  const request = (at: number) => ({ raw: { held: new Array(1000).fill(at) } }) as unknown as FastifyReply;
  expect(await leftBehind((at) => endingOf(request(at), 30, stop).close())).toBeLessThan(1000);
});
