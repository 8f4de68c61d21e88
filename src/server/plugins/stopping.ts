// How the server stops: nothing new is taken, what runs may end, and whoever has not been answered by then is let go.
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { CarelakeError } from '../../errors.js';

/** How long an answer may still be on its way after that. */
const restMs = 1000;

declare module 'fastify' {
  interface FastifyInstance {
    isStopping(): boolean;
  }
  interface FastifyContextConfig {
    /** Answers while the server stops, too. */
    whileStopping?: boolean;
  }
}

/**
 * Returns a signal that is aborted, with `reason`, when statements must end.
 * @param grace How long what runs when the server is asked to stop may go on, in seconds.
 */
export function stopsInTime(app: FastifyInstance, grace: number, reason: Error): AbortSignal {
  const graceMs = grace * 1000;
  const stop = new AbortController();
  let stopping = false;
  app.decorate('isStopping', () => stopping);
  const sockets = new Set<Socket>();
  const timers: NodeJS.Timeout[] = [];
  app.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  app.addHook('onRequest', ({ routeOptions: { config } }, _reply, done) => {
    if (stopping && !config.whileStopping) done(new CarelakeError('SERVER_STOPPING', 'Nothing new is begun.'));
    else done();
  });
  // Who keeps the connection open would hold the server until it is let go.
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (stopping) reply.header('connection', 'close');
    done();
  });
  app.addHook('preClose', async () => {
    stopping = true;
    const end = () => stop.abort(reason);
    // A browser that does not read on would hold the server for ever.
    const letGo = () => {
      for (const socket of sockets) socket.destroy();
    };
    // Browsers open connections in advance; Node takes only those for idle that were asked something before.
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
    timers.push(setTimeout(end, graceMs), setTimeout(letGo, graceMs + restMs));
  });
  app.addHook('onClose', async () => {
    for (const timer of timers) clearTimeout(timer);
  });
  return stop.signal;
}
