// Lets go of whoever sends the body of a request so slowly that it only holds a connection.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { rawProblem } from '../wire.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** `long`: a body of any length, which may take as long as it goes on. Otherwise it is here within half a minute. */
    body?: 'long';
  }
}

/** In milliseconds. */
const wholeBody = 30_000;
const betweenParts = 30_000;

export function refusesSlowBodies(app: FastifyInstance, whole = wholeBody, between = betweenParts): void {
  app.addHook('onRequest', (request, _reply, done) => {
    // Who asks without a network holds no connection.
    if (mayHaveBody(request) && 'destroySoon' in request.raw.socket) watch(request);
    done();
  });

  function watch(request: FastifyRequest): void {
    const isLong = request.routeOptions.config.body === 'long';
    const timer = isLong ? watchParts(request, between) : setTimeout(() => letGo(request), whole);
    const { raw } = request;
    const { socket } = raw;
    const stop = () => {
      clearTimeout(timer);
      socket.off('close', stop);
    };
    raw.once('end', stop);
    raw.once('close', stop);
    // A request that was answered before its end hears of neither.
    socket.once('close', stop);
  }
}

const mayHaveBody = ({ raw: { complete, headers } }: FastifyRequest): boolean =>
  !complete && (headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined);

/** What has come and was not taken yet is our delay and not theirs. */
function watchParts(request: FastifyRequest, between: number): NodeJS.Timeout {
  const { raw } = request;
  let before = raw.socket.bytesRead;
  return setInterval(() => {
    const { bytesRead } = raw.socket;
    if (bytesRead === before && raw.readableLength === 0) letGo(request);
    before = bytesRead;
  }, between);
}

function letGo({ raw: { socket } }: FastifyRequest): void {
  if (socket.writable) socket.end(rawProblem('REQUEST_TIMEOUT'));
  socket.destroySoon();
}
