// GET /metrics: what the server counts and times, in Prometheus' text format.
import { createHash, timingSafeEqual } from 'node:crypto';
import { Type } from 'typebox';
import { CarelakeError } from '../../errors.js';
import { permissionsOf } from '../auth/permissions.js';
import { refusals } from '../problem.js';
import type { Route } from '../route.js';

export const metrics: Route = async (app) => {
  const { metricsToken } = app.parts.network;
  app.get(
    '',
    {
      schema: {
        tags: ['runs'],
        summary: 'Counts and times for Prometheus',
        description: 'For administrators, and for whoever sends `Authorization: Bearer` with CARELAKE_METRICS_TOKEN.',
        response: {
          200: {
            description: 'Metrics',
            content: {
              'text/plain': {
                schema: Type.String({
                  examples: ['# TYPE carelake_pending_entries gauge\ncarelake_pending_entries 0\n'],
                }),
              },
            },
          },
          ...refusals('SIGN_IN_REQUIRED', 'FORBIDDEN'),
        },
      },
      // Judged below, since the token is nobody's.
      config: { permission: 'open', identifies: true, audit: 'none', whileBusy: true },
    },
    async ({ actor, headers }, reply) => {
      const isKnown = isToken(headers.authorization, metricsToken);
      if (!isKnown && !permissionsOf(actor.roles).has('metrics:read')) {
        if (actor.kind !== 'nobody')
          throw new CarelakeError('FORBIDDEN', `${actor.name} may not do that: metrics:read.`);
        reply.header('www-authenticate', 'Bearer realm="Carelake"');
        throw new CarelakeError('SIGN_IN_REQUIRED', 'Metrics are for administrators and for CARELAKE_METRICS_TOKEN.');
      }
      const text = await app.measures.text();
      return reply
        .header('cache-control', 'no-store')
        .type(app.measures.contentType)
        .serializer((body: string) => body)
        .send(text);
    },
  );
};

/** In a time that does not tell how much of it is right. */
function isToken(header: string | undefined, token: string | null): boolean {
  if (token === null || !header?.startsWith('Bearer ')) return false;
  return timingSafeEqual(digest(header.slice(7)), digest(token));
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
