// One way in which a request may say who it comes from.
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../plugins/actor.js';

/**
 * Undefined where the request bears nothing of its kind, or nothing that is valid. It may throw a coded error where what
 * it bears is known and refused for a reason that its owner should hear.
 */
export type Authenticator = (request: FastifyRequest) => Promise<Actor | undefined>;
