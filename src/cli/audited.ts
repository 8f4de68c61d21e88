// What a command does with rows of patients is noted in the audit log before it shows or writes them.
import type { App } from '../app.js';
import { userName } from '../pipeline/land/user-name.js';
import type { AuditEvent } from '../records/audit/line.js';

/** By whoever runs this process. @throws AUDIT_FAILED: then nothing is to be shown. */
export async function noteIn(
  app: App,
  command: string,
  event: Pick<AuditEvent, 'action' | 'detail'> & Partial<Pick<AuditEvent, 'table' | 'ids'>>,
): Promise<void> {
  const audit = await app.audit();
  await audit.append({
    ...{ outcome: 'done', by: userName(), kind: 'process', from: `carelake ${command}`, request: null },
    ...{ workspace: app.config.workspace, table: null, ids: [], patients: [] },
    ...event,
  });
}
