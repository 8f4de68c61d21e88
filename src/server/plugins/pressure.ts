// Refuses requests while the process cannot keep up, so that those it has taken are answered.
import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import { CarelakeError } from '../../errors.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Costs next to nothing, or tells how the server does: answered while the process cannot keep up, too. */
    whileBusy?: boolean;
  }
}

/** @param late How late a timer may be, in milliseconds; 0 refuses nobody. */
export async function withstandsPressure(app: FastifyInstance, late: number): Promise<void> {
  await app.register(underPressure, {
    maxEventLoopDelay: late,
    pressureHandler: (request, _reply, _type, measured) => {
      // Whoever asks whether it lives would end it for being busy, and a page of the app asks again where a browser does not.
      if (request.is404 || request.routeOptions.config.whileBusy) return;
      // Infinity is told where nothing was measured yet, as on a machine that gave the process no time: no reason to refuse.
      if (!Number.isFinite(measured)) return;
      throw new CarelakeError('SERVER_BUSY', `The event loop is ${Math.round(Number(measured))} ms late.`);
    },
  });
}
