// Refuses requests while the process cannot keep up, so that those it has taken are answered.
import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import { CarelakeError } from '../../errors.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Tells how the server does, and is asked by what watches over it. */
    probe?: boolean;
  }
}

/** @param late How late a timer may be, in milliseconds; 0 refuses nobody. */
export async function withstandsPressure(app: FastifyInstance, late: number): Promise<void> {
  await app.register(underPressure, {
    maxEventLoopDelay: late,
    pressureHandler: (request, _reply, _type, measured) => {
      // Whoever asks whether it lives would end it for being busy.
      if (request.routeOptions.config.probe) return;
      // Infinity is told where nothing was measured yet, as on a machine that gave the process no time: no reason to refuse.
      if (!Number.isFinite(measured)) return;
      throw new CarelakeError('SERVER_BUSY', `The event loop is ${Math.round(Number(measured))} ms late.`);
    },
  });
}
