// Keeps pages of others from acting in the name of whoever is signed in: a cookie alone changes nothing.
import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { CarelakeError } from '../../errors.js';
import type { Session } from '../../records/directory/session.js';

const reading: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** @throws CSRF_REFUSED where a request that may change something does not bear the token of its session */
export function requireCsrf(request: FastifyRequest, session: Session): void {
  if (reading.has(request.method)) return;
  requireOwnPage(request);
  const given = request.headers['x-csrf-token'];
  if (typeof given === 'string' && isSame(given, session.csrf)) return;
  throw new CarelakeError(
    'CSRF_REFUSED',
    `The header X-CSRF-Token ${given === undefined ? 'is missing' : 'is wrong'}.`,
  );
}

/**
 * Also of what needs no session, for a page of somebody else could sign people in as somebody whom it knows. Browsers say
 * where a request comes from (Fetch Metadata); programs say nothing.
 * @throws CSRF_REFUSED
 */
export function requireOwnPage({ headers, server }: FastifyRequest): void {
  const { 'sec-fetch-site': site, origin = '' } = headers;
  if (site === undefined || site === 'same-origin' || site === 'none') return;
  if (server.parts.network.cors.includes(origin)) return;
  throw new CarelakeError('CSRF_REFUSED', 'A page of another site sent it.');
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
