// What holds for the paths by which people sign in, before anybody is known.
import type { FastifyRequest } from 'fastify';
import { CarelakeError } from '../../errors.js';

/** @throws SIGN_IN_OFF */
export function requireSignIn({ server }: FastifyRequest): void {
  if (server.parts.auth === 'off') throw new CarelakeError('SIGN_IN_OFF', 'Sign-in is off: there are no users here.');
}
