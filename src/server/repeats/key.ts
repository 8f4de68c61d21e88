// The key by which a request is known again.
import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { CarelakeError } from '../../errors.js';
import type { Actor } from '../plugins/actor.js';

/** A key is its sender's own: what one sends is never answered with what another was told. */
export const scopedKey = ({ kind, id, name }: Pick<Actor, 'kind' | 'id' | 'name'>, key: string): string =>
  createHash('sha256')
    .update(JSON.stringify([kind, id ?? name, key]))
    .digest('base64url');

/** @throws REQUEST_INVALID */
export function keyIn({ method, headers }: FastifyRequest): string | undefined {
  const key = method === 'POST' ? headers['idempotency-key'] : undefined;
  if (typeof key !== 'string') return undefined;
  if (key !== '' && key.length <= 255) return key;
  const message = 'It must have 1 to 255 characters.';
  throw new CarelakeError('REQUEST_INVALID', `Idempotency-Key: ${message}`, {
    faults: [{ field: 'idempotency-key', message }],
  });
}
