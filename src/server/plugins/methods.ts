// Says 405 with Allow where a path is right and the method is not, which Fastify would call an unknown path.
import { METHODS } from 'node:http';
import type { FastifyInstance, HTTPMethods } from 'fastify';
import { CarelakeError } from '../../errors.js';

/** To be called before the routes; what it returns, after them. */
export function refusesOtherMethods(app: FastifyInstance): () => void {
  const taken = new Map<string, Set<string>>();
  // Those that the reader of requests takes and Fastify does not know; CONNECT never comes to a route.
  const unknown = METHODS.filter((method) => method !== 'CONNECT' && !app.supportedMethods.includes(method));
  for (const method of unknown) app.addHttpMethod(method);
  app.addHook('onRoute', ({ url, method }) => {
    const methods = taken.get(url) ?? new Set();
    for (const one of [method].flat()) methods.add(one.toUpperCase());
    taken.set(url, methods);
  });
  return () => {
    for (const [url, methods] of [...taken]) {
      const allow = [...methods].sort().join(', ');
      app.route({
        url,
        method: app.supportedMethods.filter((method) => !methods.has(method)) as HTTPMethods[],
        schema: { hide: true },
        config: { permission: 'open' },
        // Before anybody looks at a body: some methods must have one, which Fastify would say first.
        onRequest: async (request, reply) => {
          reply.header('allow', allow);
          throw new CarelakeError('METHOD_NOT_ALLOWED', `${request.method} is none of ${allow}.`);
        },
        handler: async () => undefined,
      });
    }
  };
}
