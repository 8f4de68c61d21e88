// Rights and the audit lines of their changes are one write: the line stands in the document that it is about until the audit log
// has taken it over, once. So no right can change without its line, whatever is killed, full or away at that moment.

import type { Audit } from '../audit/chain.js';
import type { AuditEvent } from '../audit/line.js';
import type { Body, Collection } from '../documents.js';

/** Who changes a right, and from where. */
export type Author = Pick<AuditEvent, 'by' | 'kind' | 'from' | 'request'>;

/** What was done, without secrets. */
export interface Deed {
  readonly action: 'user' | 'password' | 'key';
  readonly detail: string;
}

export interface WaitingLine {
  /** 1, 2 …: which change of the document it is. */
  readonly entry: number;
  readonly at: string;
  readonly event: AuditEvent;
}

/** A document whose changes leave lines. */
export interface Witnessed extends Body {
  /** Those that the audit log may not have yet. */
  readonly lines?: readonly WaitingLine[];
  /** How many there ever were. */
  readonly line_count?: number;
}

/** The same document with the lines of what is about to be written with it. */
export function witnessed<Of extends Witnessed>(
  body: Of,
  { by, kind, from, request }: Author,
  deeds: readonly Deed[],
): Of {
  const count = body.line_count ?? 0;
  const at = new Date().toISOString();
  const fresh = deeds.map(({ action, detail }, index) => ({
    ...{ entry: count + index + 1, at },
    event: {
      ...{ action, outcome: 'done' as const, by, kind, from, request },
      ...{ workspace: null, table: null, ids: [], patients: [], detail },
    },
  }));
  return { ...body, lines: [...(body.lines ?? []), ...fresh], line_count: count + deeds.length };
}

/**
 * Hands the lines of a document to the audit log; one that is over goes with them.
 * @param name Of the collection. @throws AUDIT_FAILED: they wait in the document.
 */
export async function handOver<Of extends Witnessed>(
  name: string,
  collection: Collection<Of>,
  key: string,
  { audit, isOver }: { readonly audit: Audit; isOver(body: Of): boolean },
): Promise<void> {
  for (;;) {
    const found = await collection.get(key);
    const waiting = found?.body.lines ?? [];
    if (!found || waiting.length === 0) return;
    await audit.takeOverLines(`${name}/${key}`, waiting);
    // Where somebody changes it in the meantime, there may be more.
    const settled = isOver(found.body)
      ? await collection.remove(key, found.revision)
      : await collection.replace(key, found.revision, { ...found.body, lines: [] });
    if (settled) return;
  }
}
