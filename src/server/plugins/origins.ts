// Which web pages of other origins may ask: none that is not listed. A browser keeps the answer from all others.
import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';

/** Before the routes. A listed origin may send cookies; no answer names `*`, and each says that it depends on the origin. */
export async function answersListedOrigins(app: FastifyInstance, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return;
  await app.register(cors, {
    delegator: async ({ headers: { origin = '' } }) =>
      origins.includes(origin) ? { ...allowed, origin } : { origin: false },
  });
}

const allowed = {
  credentials: true,
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  allowedHeaders: [
    'content-type',
    'accept',
    'authorization',
    'idempotency-key',
    'if-match',
    'if-none-match',
    'x-csrf-token',
  ],
  exposedHeaders: [
    ...['etag', 'link', 'location', 'retry-after', 'x-request-id'],
    ...['x-total-count', 'x-as-of-run', 'x-pending-entries'],
  ],
  maxAge: 600,
  strictPreflight: false,
};
