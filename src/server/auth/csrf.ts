// Keeps pages of others from acting in the name of whoever opens them: a cookie alone changes nothing, nor does standing at a
// machine whose server asks nobody who they are.
import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { CarelakeError } from '../../errors.js';
import type { Session } from '../../records/directory/session.js';

const reading: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** @throws CSRF_REFUSED where a request that may change something does not bear the token of its session */
export function requireCsrf(request: FastifyRequest, session: Session): void {
  if (reading.has(request.method)) return;
  const given = request.headers['x-csrf-token'];
  if (typeof given === 'string' && isSame(given, session.csrf)) return;
  throw new CarelakeError(
    'CSRF_REFUSED',
    `The header X-CSRF-Token ${given === undefined ? 'is missing' : 'is wrong'}.`,
  );
}

/**
 * Of whatever may change something, whether somebody is signed in or not: a browser sends a form to any address without asking
 * first, and a page of somebody else could sign people in as somebody whom it knows. Browsers say where a request comes from
 * (Fetch Metadata, or its origin alone); programs say nothing. Who names themselves in the request is no such page: it would
 * have to ask first.
 * @throws CSRF_REFUSED
 */
export function requireOwnPage({ method, headers, host, server }: FastifyRequest): void {
  if (reading.has(method) || headers.authorization !== undefined) return;
  const { 'sec-fetch-site': site, origin } = headers;
  if (site === 'same-origin' || site === 'none') return;
  if (site === undefined && (origin === undefined || hostIn(origin) === host)) return;
  if (origin !== undefined && server.parts.network.cors.includes(origin)) return;
  throw new CarelakeError('CSRF_REFUSED', 'A page of another site sent it.');
}

const hostIn = (origin: string): string | undefined => (URL.canParse(origin) ? new URL(origin).host : undefined);

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
