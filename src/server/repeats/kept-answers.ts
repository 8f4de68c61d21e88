// What was answered to requests that bore an Idempotency-Key, so that one which is sent again is answered the same.
import { createHash } from 'node:crypto';
import type { Collection, CollectionDefinition, Document } from '../../records/documents.js';

export interface KeptAnswer {
  readonly status: number;
  readonly type: string;
  readonly location: string | null;
  readonly body: string;
  /** Which rows it holds: whoever is given it again is written down with them, too. */
  readonly rows?: KeptRows | null;
}

export interface KeptRows {
  readonly table: string | null;
  readonly ids: readonly string[];
  readonly patients: readonly string[];
}

interface Claim extends Record<string, unknown> {
  /** Of what is asked for. */
  readonly digest: string;
  /** When somebody began to work at it; ISO 8601. */
  readonly begun_at: string;
  readonly expires_at: string;
  /** Null while it is worked at. */
  readonly answer: KeptAnswer | null;
}

export const repeatsCollection: CollectionDefinition<Claim> = { name: 'idempotency', indexed: ['expires_at'] };

const keptMs = 24 * 3_600_000;
/** Longer than any answer may take: whoever works at it for so long has died over it. */
const workedAtMs = 330_000;

export type Claimed =
  | { readonly is: 'new'; keep(answer: KeptAnswer): Promise<void>; forget(): Promise<void> }
  | { readonly is: 'answered'; readonly answer: KeptAnswer }
  | { readonly is: 'worked at' }
  | { readonly is: 'another' };

/** @param body As it was read, or what stands for it. */
export const digestOf = (method: string, url: string, body: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify([method, url, body ?? null]))
    .digest('base64url');

/** Whose turn it is decides one write: of several at once with the same key one is new. */
export async function claim(kept: Collection<Claim>, key: string, digest: string, now: Date): Promise<Claimed> {
  const own: Claim = {
    digest,
    begun_at: now.toISOString(),
    expires_at: new Date(now.getTime() + keptMs).toISOString(),
    answer: null,
  };
  const inserted = await kept.insert(key, own);
  if (inserted) return ours(kept, inserted);
  const found = await kept.get(key);
  if (!found || found.body.expires_at < own.begun_at) {
    const replaced = found ? await kept.replace(key, found.revision, own) : await kept.insert(key, own);
    return replaced ? ours(kept, replaced) : { is: 'worked at' };
  }
  if (found.body.digest !== digest) return { is: 'another' };
  if (found.body.answer) return { is: 'answered', answer: found.body.answer };
  if (now.getTime() - Date.parse(found.body.begun_at) < workedAtMs) return { is: 'worked at' };
  const taken = await kept.replace(key, found.revision, own);
  return taken ? ours(kept, taken) : { is: 'worked at' };
}

function ours(kept: Collection<Claim>, { key, revision, body }: Document<Claim>): Claimed {
  return {
    is: 'new',
    // Whoever took over a claim that seemed dead decides what is kept.
    async keep(answer) {
      await kept.replace(key, revision, { ...body, answer });
    },
    async forget() {
      await kept.remove(key, revision);
    },
  };
}
