// What one request reads with: the published run, an engine and a lake of its own, which end with the request.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Engine } from '../../engine/engine.js';
import { CarelakeError } from '../../errors.js';
import type { Lake } from '../../lake/lake.js';
import type { ServerParts } from '../parts.js';
import { nothingTyped, openTypedLog, type TypedSince } from '../records/typed-since.js';
import { type Ahead, lookAhead, nothingAhead } from '../rows/ahead.js';
import { borrowed } from './borrowed.js';
import { bounded } from './bounded.js';
import { endingOf } from './ending.js';
import { isKnown, runTag } from './etag.js';
import { mediaTypeOf } from './media.js';
import { openPublications, type Publication } from './publication.js';
import { openTurns } from './turns.js';

export interface Answer {
  readonly lake: Lake;
  readonly engine: Engine;
  /** Aborted when the time is over, whoever asked has gone, or the server stops. */
  signal(): AbortSignal;
  readonly publication?: Publication;
  /** What was typed since that run was made, or all that was where nothing is published; nothing where the lake is read. */
  readonly typed: TypedSince;
  readonly ahead: Ahead;
  close(): Promise<void>;
}

type Reads = 'run' | 'records' | 'lake';

declare module 'fastify' {
  interface FastifyRequest {
    answer: Answer | null;
  }
  interface FastifyContextConfig {
    /**
     * `run`: the published run, which its ETag names. `records`: the same with what was typed since, or that alone. `lake`:
     * more than that, so that its ETag is one of the content.
     */
    reads?: Reads;
    /** More than what it reads is in the answer, so that its ETag is one of the content. */
    tag?: 'content';
    /** How long an answer may take where that is longer than the server's limit. */
    seconds?: number;
  }
}

/** @param stop Aborted when statements must end. */
export function answering(app: FastifyInstance, parts: ServerParts, stop: AbortSignal): void {
  const { lake, engine, limits, knownRecords } = parts;
  const publications = openPublications(lake);
  const typedSince = openTypedLog(knownRecords);
  const turns = openTurns(limits.atOnce, limits.waiting);
  app.measures.queue('statements', turns.waiting);

  async function open(request: FastifyRequest, reply: FastifyReply, reads: Reads, seconds: number): Promise<Answer> {
    const ending = endingOf(reply, seconds, stop);
    const opened = await engine();
    const taken = reads === 'lake' ? undefined : await publications.take();
    const ahead = reads === 'records' ? lookAhead(request, taken?.manifest.id) : nothingAhead;
    const typed = await typedFor(reads, taken).catch(async (error) => {
      await taken?.release();
      throw error;
    });
    const own = borrowed(lake);
    return {
      lake: own.lake,
      engine: bounded(opened, turns, ending),
      signal: ending.signal,
      ...(taken && { publication: taken }),
      typed,
      ahead,
      async close() {
        ending.close();
        await own.giveBack();
        await taken?.release();
      },
    };
  }

  async function typedFor(reads: Reads, taken: Publication | undefined): Promise<TypedSince> {
    if (reads === 'lake') return nothingTyped;
    if (reads === 'run' && !taken) throw nothingPublished(lake);
    return typedSince(taken?.manifest);
  }

  app.decorateRequest('answer', null);
  app.addHook('preHandler', async (request, reply) => {
    const { reads, tag: kind, seconds = limits.seconds } = request.routeOptions.config;
    if (!reads) return;
    request.answer = await open(request, reply, reads, seconds);
    const { publication, typed } = request.answer;
    if (reads === 'lake' || kind === 'content' || (request.method !== 'GET' && request.method !== 'HEAD')) return;
    const tag = runTag(publication?.manifest.id, typed.mark, request.url, mediaTypeOf(request.headers.accept));
    reply.header('etag', tag);
    // Who has the answer with this tag need not wait for it to be made again; all else is decided when it is made.
    if (isKnown(request.headers['if-none-match'], tag)) return reply.code(304).send();
  });
  app.addHook('onResponse', async (request) => request.answer?.close());
  app.addHook('onClose', async () => publications.close());
}

/** What the handler of a route that `reads` answers with. */
export function answerOf(request: FastifyRequest): Answer {
  if (!request.answer) throw new Error(`${request.routeOptions.url} does not say what it reads.`);
  return request.answer;
}

/** The run that the handler of a route that `reads: 'run'` answers from. */
export function runOf(request: FastifyRequest): Publication {
  const { publication } = answerOf(request);
  if (!publication) throw new Error(`${request.routeOptions.url} does not read the published run.`);
  return publication;
}

/** What is answered where there is neither a run nor anything typed. */
export const nothingPublished = (lake: Lake): CarelakeError =>
  new CarelakeError('NOT_PUBLISHED', `${lake.address} holds no published run.`);
