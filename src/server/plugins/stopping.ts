// How the server stops: nothing new is taken, what runs may end, and whoever has not been answered by then is let go.
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** How long what runs when the server is asked to stop may go on, in milliseconds. */
const graceMs = 5000;

/** How long an answer may still be on its way after that. */
const restMs = 1000;

/** Returns a signal that is aborted, with `reason`, when statements must end. */
export function stopsInTime(app: FastifyInstance, reason: Error): AbortSignal {
  const stop = new AbortController();
  const sockets = new Set<Socket>();
  const timers: NodeJS.Timeout[] = [];
  app.addHook('onRequest', async ({ raw: { socket } }) => {
    if (sockets.has(socket)) return;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  app.addHook('preClose', async () => {
    const end = () => stop.abort(reason);
    // A browser that does not read on would hold the server for ever.
    const letGo = () => {
      for (const socket of sockets) socket.destroy();
    };
    timers.push(setTimeout(end, graceMs), setTimeout(letGo, graceMs + restMs));
  });
  app.addHook('onClose', async () => {
    for (const timer of timers) clearTimeout(timer);
  });
  return stop.signal;
}
