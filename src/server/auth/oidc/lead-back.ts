// What the provider's way in refuses, as a person sees it: a browser is led back to the sign-in page, which says what the code means.
// Programs get the problem as everywhere.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { CarelakeError } from '../../../errors.js';

/** @param toOf The page that was asked for, one of this server. */
export function leadsBack(
  app: Pick<FastifyInstance, 'setErrorHandler'>,
  toOf: (request: FastifyRequest) => string,
): void {
  app.setErrorHandler((error, request, reply) => {
    // What nobody foresaw is written down where every such failure is.
    if (!(error instanceof CarelakeError) || !/\btext\/html\b/.test(request.headers.accept ?? '')) throw error;
    const to = toOf(request);
    // The code alone: a text in an address could be anybody's.
    const asked = new URLSearchParams({ problem: error.code, ...(to !== '/' && { to }) });
    reply.header('cache-control', 'no-store').header('vary', 'Accept');
    return reply.redirect(`/sign-in?${asked}`, 303);
  });
}
