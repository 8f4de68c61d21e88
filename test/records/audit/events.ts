// Events for the audit chain, and a chain whose documents a test can change behind its back.
import { type Audit, openAudit } from '../../../src/records/audit/chain.js';
import { type AuditEvent, auditCollection, keyOf, type LineBody } from '../../../src/records/audit/line.js';
import { type Verification, verifyChain } from '../../../src/records/audit/verify.js';
import type { Documents } from '../../../src/records/documents.js';
import { memoryDocuments } from '../../../src/records/memory-documents.js';

export const read = (more: Partial<AuditEvent> = {}): AuditEvent => ({
  ...{ action: 'read', outcome: 'done', by: 'ann', kind: 'user', from: '127.0.0.1', request: 'r-1' },
  ...{ workspace: 'default', table: 'patients', ids: ['P1'], patients: [], detail: null },
  ...more,
});

export const key = 'a key of the audit log, which is long enough';

export interface Tampered {
  readonly directory: Documents;
  readonly audit: Audit;
  /** Puts something else in the place of a line, or nothing. */
  put(place: number | string, body: LineBody | undefined): Promise<void>;
  line(sequence: number): Promise<LineBody>;
  verify(options?: Parameters<typeof verifyChain>[2]): Promise<Verification>;
}

/** Two chains of the same events at the same moment are equal: `by` tells them apart. */
export async function chainOf(count: number, keys: readonly string[] = [], by = 'ann'): Promise<Tampered> {
  const directory = memoryDocuments();
  const lines = directory.collection(auditCollection);
  const audit = openAudit(directory, { keys });
  for (let n = 1; n <= count; n++) await audit.append(read({ by, ids: [`P${n}`] }));
  return {
    directory,
    audit,
    async put(place, body) {
      const at = typeof place === 'number' ? keyOf(place) : place;
      const found = await lines.get(at);
      if (found) await lines.remove(at, found.revision);
      if (body) await lines.insert(at, body);
    },
    async line(sequence) {
      const found = await lines.get(keyOf(sequence));
      if (!found) throw new Error(`There is no line ${sequence}.`);
      return found.body;
    },
    verify: (options) => verifyChain(lines, audit.seals, options),
  };
}
