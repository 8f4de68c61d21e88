// Refuses requests while the process cannot keep up, so that those it has taken are answered.
import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import { CarelakeError } from '../../errors.js';

/** How late a timer may be, in milliseconds. Statements run beside the event loop and do not make it late. */
const mostDelay = 2000;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Tells how the server does, and is asked by what watches over it. */
    probe?: boolean;
  }
}

export async function withstandsPressure(app: FastifyInstance): Promise<void> {
  await app.register(underPressure, {
    maxEventLoopDelay: mostDelay,
    pressureHandler: (request, _reply, _type, late) => {
      // Whoever asks whether it lives would end it for being busy.
      if (request.routeOptions.config.probe) return;
      // Infinity is told where nothing was measured yet, as on a machine that gave the process no time: no reason to refuse.
      if (!Number.isFinite(late)) return;
      throw new CarelakeError('SERVER_BUSY', `The event loop is ${Math.round(Number(late))} ms late.`);
    },
  });
}
