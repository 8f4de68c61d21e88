// Answers a POST that is sent again under its Idempotency-Key with what it was answered the first time. Records are created
// under their key by the log itself, for good; everything else here, for a day.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CarelakeError } from '../../errors.js';
import { failureText } from '../failure-text.js';
import type { ServerParts } from '../parts.js';
import { type Claimed, claim, digestOf, type KeptAnswer, repeatsCollection } from './kept-answers.js';
import { keyIn, scopedKey } from './key.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * What becomes of a request that is sent again: `log` where the log of entries knows the key, `once` where the answer holds
     * a secret that is kept nowhere, `password` where the request holds one, too: then the handler finds out by
     * `answeredBefore`, and nothing is kept but that it was done. `asked` where the body is a stream, so that the handler asks
     * for `repeated` once it knows what came. Unless it is said, the answer is kept.
     */
    repeats?: 'log' | 'once' | 'password' | 'asked';
  }
  interface FastifyInstance {
    /**
     * What a request was answered before under its Idempotency-Key; undefined where it is new, and begins by this.
     * @param content What it asks for, of which a hash is kept that is quickly made: never a password.
     * @throws IDEMPOTENCY_REUSED, IDEMPOTENCY_UNDER_WAY
     */
    answeredBefore(request: FastifyRequest, reply: FastifyReply, content: unknown): Promise<KeptAnswer | undefined>;
    /**
     * Whether a request was made before under its Idempotency-Key; then its answer is sent. @param content What it asks for.
     * @throws IDEMPOTENCY_REUSED, IDEMPOTENCY_UNDER_WAY, IDEMPOTENCY_ONCE
     */
    repeated(request: FastifyRequest, reply: FastifyReply, content: unknown): Promise<boolean>;
  }
  interface FastifyRequest {
    repeat: Extract<Claimed, { is: 'new' }> | null;
  }
}

/** Larger answers are made again, in bytes. */
export const mostKept = 2 ** 20;
const sweepMs = 3_600_000;

/** To be called before what compresses answers, and after what finds out who asks. */
export function answersRepeats(app: FastifyInstance, { records, report }: ServerParts): void {
  let swept = 0;
  const kept = async () => (await records()).documents.collection(repeatsCollection);
  app.decorateRequest('repeat', null);

  app.decorate('answeredBefore', async (request: FastifyRequest, reply: FastifyReply, content: unknown) => {
    const key = keyIn(request);
    // Who is not known has nothing kept: a stranger must not fill the records.
    if (key === undefined || request.actor.kind === 'nobody') return undefined;
    const { method, url, actor } = request;
    const now = new Date();
    const found = await claim(await kept(), scopedKey(actor, key), digestOf(method, url, content), now);
    if (now.getTime() - swept > sweepMs) {
      swept = now.getTime();
      await (await kept()).removeBelow('expires_at', now.toISOString());
    }
    switch (found.is) {
      case 'new':
        request.repeat = found;
        return undefined;
      case 'another':
        throw new CarelakeError('IDEMPOTENCY_REUSED', 'The Idempotency-Key stands for another request.');
      case 'worked at':
        reply.header('retry-after', '2');
        throw new CarelakeError(
          'IDEMPOTENCY_UNDER_WAY',
          'The first request with this Idempotency-Key is not answered yet.',
        );
      default:
        return found.answer;
    }
  });

  app.decorate('repeated', async (request: FastifyRequest, reply: FastifyReply, content: unknown) => {
    const answer = await app.answeredBefore(request, reply, content);
    if (!answer) return false;
    if (request.routeOptions.config.repeats === 'once') throw shownOnce();
    request.audited = { ...(answer.rows ?? { table: null, ids: [] }), unchanged: true };
    reply.header('idempotency-replayed', 'true').code(answer.status).type(answer.type);
    if (answer.location !== null) reply.header('location', answer.location);
    await reply.serializer(String).send(answer.body);
    return true;
  });

  app.addHook('preHandler', async (request, reply) => {
    const { repeats } = request.routeOptions.config;
    if (repeats === 'log' || repeats === 'password' || repeats === 'asked') return;
    if (await app.repeated(request, reply, request.body)) return reply;
  });

  app.addHook('onSend', async (request, reply, payload) => {
    const { repeat } = request;
    request.repeat = null;
    if (!repeat) return payload;
    const text = textOf(payload);
    try {
      if (text !== undefined && isFinal(request, reply)) await repeat.keep(answerOf(request, reply, text));
      else await repeat.forget();
    } catch (error) {
      // What was done is done; only that it was is not known to who asks again, who waits then until it may be tried anew.
      report(failureText(error));
    }
    return payload;
  });
}

export const shownOnce = () =>
  new CarelakeError('IDEMPOTENCY_ONCE', 'It was done, and its answer held a secret that is shown once.');

/**
 * What may come out otherwise in a moment is not kept; nor that a password was refused, for then nothing tells whether the next
 * request bears the same one.
 */
const isFinal = ({ routeOptions }: FastifyRequest, { statusCode }: FastifyReply): boolean =>
  statusCode < (routeOptions.config.repeats === 'password' ? 400 : 500) &&
  ![401, 403, 408, 409, 429].includes(statusCode);

const textOf = (payload: unknown): string | undefined => {
  const text = Buffer.isBuffer(payload) || payload instanceof Uint8Array ? Buffer.from(payload).toString() : payload;
  return typeof text === 'string' && Buffer.byteLength(text) <= mostKept ? text : undefined;
};

function answerOf({ routeOptions, audited }: FastifyRequest, reply: FastifyReply, body: string): KeptAnswer {
  const { repeats } = routeOptions.config;
  const location = reply.getHeader('location');
  return {
    status: reply.statusCode,
    type: String(reply.getHeader('content-type') ?? 'application/json'),
    location: typeof location === 'string' ? location : null,
    body: repeats === 'once' || repeats === 'password' ? '' : body,
    rows: audited && { table: audited.table, ids: audited.ids, patients: audited.patients ?? [] },
  };
}
