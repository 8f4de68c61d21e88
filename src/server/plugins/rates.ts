// How often one may ask: by address before anything is looked at, by user once it is known who asks, and attempts to sign in
// by address again, since they cost more and are guessed at.
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { NetworkConfig } from '../../config/network.js';
import { CarelakeError } from '../../errors.js';
import { isOwnAddress } from '../addresses.js';

const minute = 60_000;

/** Addresses and users that are counted at once, the latest ones. */
const mostCounted = 50_000;

/** Before the hooks that find out who asks. */
export async function limitsRates(app: FastifyInstance, network: NetworkConfig): Promise<void> {
  await app.register(rateLimit, { global: false, timeWindow: minute, cache: mostCounted });
  const { rateAddress, rateUser, rateSignIn } = network;
  // A proxy of this machine that is not named as trusted would make one of all who ask through it.
  if (rateAddress !== null) {
    app.addHook(
      'onRequest',
      counting(app, rateAddress, 'CARELAKE_RATE_ADDRESS', ({ ip }) => !isOwnAddress(ip)),
    );
  }
  if (rateSignIn !== null) app.addHook('onRequest', counting(app, rateSignIn, 'CARELAKE_RATE_SIGN_IN', isAttempt));
  if (rateUser !== null) {
    const ofActor = { keyGenerator: ({ actor }: FastifyRequest) => `${actor.kind} ${actor.id}` };
    app.addHook(
      'preParsing',
      counting(app, rateUser, 'CARELAKE_RATE_USER', ({ actor }) => actor.id !== null, ofActor),
    );
  }
}

const isAttempt = ({ method, routeOptions: { url = '' } }: FastifyRequest): boolean =>
  url.startsWith(method === 'POST' ? '/api/auth/' : '/api/auth/oidc/');

function counting(
  app: FastifyInstance,
  max: number,
  setting: string,
  counts: (request: FastifyRequest) => boolean,
  options: { keyGenerator?: (request: FastifyRequest) => string } = {},
) {
  const limit = app.createRateLimit({ max, ...options });
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (!counts(request)) return;
    const state = await limit(request);
    if (state.isAllowed || !state.isExceeded) return;
    reply.header('retry-after', state.ttlInSeconds);
    throw new CarelakeError('RATE_LIMITED', `More than ${max} requests came within a minute (${setting}).`);
  };
}
