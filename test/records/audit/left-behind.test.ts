// What an audit line that is written leaves in memory.
import { expect, test } from 'vitest';
import { openAudit } from '../../../src/records/audit/chain.js';
import type { AuditEvent } from '../../../src/records/audit/line.js';
import type { Documents } from '../../../src/records/documents.js';
import { leftBehind } from '../../left-behind.js';

/** Takes every line and keeps none. */
const nowhere = {
  collection: () => ({ list: async () => [], insertAll: async (lines: readonly unknown[]) => lines.length }),
} as unknown as Documents;

test('what a line held is gone with the next collection of the young', async () => {
  const audit = openAudit(nowhere, { keys: [] });
  // Nothing is spread here, which would leave as much behind as what is looked for.
  const eventOf = (at: number): AuditEvent => ({
    action: 'read',
    outcome: 'done',
    by: 'ann',
    kind: 'user',
    from: '127.0.0.1',
    request: `${at}`.padStart(500, '-'),
    workspace: 'default',
    table: 'patients',
    ids: [`P${at}`],
    patients: [],
    detail: `GET /api/patients/:id ${at}`,
  });
  expect(await leftBehind((at) => audit.append(eventOf(at)))).toBeLessThan(1000);
});
