// Refuses requests while the process cannot keep up, so that those it has taken are answered.
import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import { CarelakeError } from '../../errors.js';

/** How late a timer may be, in milliseconds. Statements run beside the event loop and do not make it late. */
const mostDelay = 2000;

export async function withstandsPressure(app: FastifyInstance): Promise<void> {
  await app.register(underPressure, {
    maxEventLoopDelay: mostDelay,
    pressureHandler: (_request, _reply, _type, late) => {
      // Infinity is told where nothing was measured yet, as on a machine that gave the process no time: no reason to refuse.
      if (!Number.isFinite(late)) return;
      throw new CarelakeError('SERVER_BUSY', `The event loop is ${Math.round(Number(late))} ms late.`);
    },
  });
}
