// ETags: weak, since a compressed body is the same answer. What comes from a run is named by it, all else by its content.
import { hash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { catalogDigest, version } from '../../version.js';

/**
 * Of an answer that follows from the run, what was typed since, the address, its form and this version of Carelake alone.
 * @param typed The mark of what was typed; null where nothing was.
 */
export const runTag = (run: string | undefined, typed: string | null, url: string, form: string): string =>
  tagOf(JSON.stringify([version, catalogDigest, run ?? null, typed, url, form]));

/** Whether a list of tags names this one. @param header If-None-Match. */
export function isKnown(header: string | undefined, tag: string): boolean {
  const known = (header ?? '').split(',').map((one) => one.trim());
  return known.includes(tag) || known.includes(tag.replace(/^W\//, ''));
}

/** Whoever has any answer of this address knows this one, but only where there is one. */
const isAny = (header: string | undefined): boolean => header?.trim() === '*';

/** Gives every answer of the interface that has no tag yet one of its content, and 304 to whoever knows it. */
export function contentTags(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (!request.url.startsWith('/api/')) return payload;
    // What is said of this moment is not kept.
    if (reply.getHeader('cache-control') === 'no-store') return payload;
    // A browser keeps what is not forbidden on its disk. Programs may keep their ETags all the same.
    const { audit = 'none' } = request.routeOptions.config;
    reply.header('cache-control', audit === 'none' ? 'private, no-cache' : 'private, no-store');
    if (reply.statusCode !== 200 || typeof payload !== 'string') return payload;
    if (request.method !== 'GET' && request.method !== 'HEAD') return payload;
    const tag = String(reply.getHeader('etag') ?? tagOf(payload));
    reply.header('etag', tag);
    const header = request.headers['if-none-match'];
    if (!isAny(header) && !isKnown(header, tag)) return payload;
    reply.code(304).removeHeader('content-length');
    // Of a HEAD Fastify takes it away itself, and cannot where there is none.
    return request.method === 'HEAD' ? payload : null;
  });
}

function tagOf(text: string): string {
  return `W/"${hash('sha256', text, 'base64url').slice(0, 27)}"`;
}
