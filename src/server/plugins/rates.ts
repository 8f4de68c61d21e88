// How often one may ask: by address before anything is looked at, by user once it is known who asks, and attempts to sign in
// by address again, or by browser where somebody has signed in with it, since they cost more and are guessed at.
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { NetworkConfig } from '../../config/network.js';
import { CarelakeError } from '../../errors.js';
import { hashOf } from '../../records/directory/secret.js';
import { isOwnAddress } from '../addresses.js';
import { cookieIn } from '../auth/cookies.js';
import { placeOf } from '../auth/throttle.js';

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
  if (rateSignIn !== null) {
    // When cookies have been read; nothing has been looked at yet that a guess would be of.
    app.addHook('preParsing', counting(app, rateSignIn, 'CARELAKE_RATE_SIGN_IN', isAttempt, { keyGenerator: askerOf }));
  }
  if (rateUser !== null) {
    const ofActor = { keyGenerator: ({ actor }: FastifyRequest) => `${actor.kind} ${actor.id}` };
    app.addHook(
      'preParsing',
      counting(app, rateUser, 'CARELAKE_RATE_USER', ({ actor }) => actor.id !== null, ofActor),
    );
  }
}

/** What is open to strangers; to sign out, or to choose another password, needs a session. */
const isAttempt = ({ method, routeOptions: { url = '', config } }: FastifyRequest): boolean =>
  config.permission === 'open' && url.startsWith(method === 'POST' ? '/api/auth/' : '/api/auth/oidc/');

/** Browsers in which somebody has signed in are counted by themselves, so that strangers at their address do not keep them out. */
async function askerOf(request: FastifyRequest): Promise<string> {
  const device = cookieIn(request, 'device');
  // Where nobody can say it is a stranger's, as whatever it asks for will be refused.
  const isKnown = async (token: string) => (await request.server.directory()).devices.isKnown(token);
  const known = device !== undefined && (await isKnown(device).catch(() => false));
  return known ? `device ${hashOf(device)}` : placeOf(request.ip);
}

function counting(
  app: FastifyInstance,
  max: number,
  setting: string,
  counts: (request: FastifyRequest) => boolean,
  options: { keyGenerator?: (request: FastifyRequest) => string | Promise<string> } = {},
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
