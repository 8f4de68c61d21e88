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

/** @param header If-None-Match. */
export function isKnown(header: string | undefined, tag: string): boolean {
  const known = (header ?? '').split(',').map((one) => one.trim());
  return known.includes('*') || known.includes(tag) || known.includes(tag.replace(/^W\//, ''));
}

/** Gives every answer of the interface that has no tag yet one of its content, and 304 to whoever has it. */
export function contentTags(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (!request.url.startsWith('/api/')) return payload;
    // What is said of this moment is not kept.
    if (reply.getHeader('cache-control') === 'no-store') return payload;
    // A browser keeps what is not forbidden on its disk. Programs may keep their ETags all the same.
    const { audit = 'none' } = request.routeOptions.config;
    reply.header('cache-control', audit === 'none' ? 'private, no-cache' : 'private, no-store');
    if (reply.statusCode !== 200 || reply.hasHeader('etag') || typeof payload !== 'string') return payload;
    if (request.method !== 'GET' && request.method !== 'HEAD') return payload;
    const tag = tagOf(payload);
    reply.header('etag', tag);
    if (!isKnown(request.headers['if-none-match'], tag)) return payload;
    reply.code(304).removeHeader('content-length');
    return null;
  });
}

function tagOf(text: string): string {
  return `W/"${hash('sha256', text, 'base64url').slice(0, 27)}"`;
}
