// What changed, told within this process: to what starts runs, and to whoever listens at /api/events.
import type { Entry } from '../records/entry.js';
import type { ServerRunState } from './runs/after-writes.js';

/** Without ids or values: who listens may not be allowed to see them. */
export type Change =
  | { readonly event: 'entry'; readonly data: Pick<Entry, 'kind' | 'table' | 'sequence'> }
  | { readonly event: 'upload'; readonly data: { readonly id: string; readonly state: 'landed' } }
  | { readonly event: 'run'; readonly data: ServerRunState };

export interface Changes {
  tell(change: Change): void;
  /** Returns what ends it. */
  listen(listener: (change: Change) => void): () => void;
}

declare module 'fastify' {
  interface FastifyInstance {
    changes: Changes;
  }
}

export function openChanges(): Changes {
  const listeners = new Set<(change: Change) => void>();
  return {
    tell: (change) => {
      for (const listener of [...listeners]) listener(change);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
