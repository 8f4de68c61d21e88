// What holds for the paths by which people sign in, before anybody is known.
import type { FastifyRequest } from 'fastify';
import { CarelakeError } from '../../errors.js';
import { requireOwnPage } from './csrf.js';

/** @throws SIGN_IN_OFF, CSRF_REFUSED */
export function requireSignIn(request: FastifyRequest): void {
  if (request.server.parts.auth === 'off')
    throw new CarelakeError('SIGN_IN_OFF', 'Sign-in is off: there are no users here.');
  requireOwnPage(request);
}
