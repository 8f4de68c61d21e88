// What a command does with rows of patients is noted in the audit log before it shows or writes them.
import { userName } from '../pipeline/land/user-name.js';
import type { AuditEvent } from '../records/audit/line.js';
import type { Invocation } from './command.js';

/**
 * By whoever runs this process. Where the disk takes no writing, such as a copy that somebody looks into, it is said that
 * nothing was noted: whoever can run a command there could read the files without one.
 * @throws AUDIT_FAILED: then nothing is to be shown.
 */
export async function noteIn(
  { app, output }: Pick<Invocation, 'app' | 'output'>,
  command: string,
  event: Pick<AuditEvent, 'action' | 'detail'> & Partial<Pick<AuditEvent, 'table' | 'ids'>>,
): Promise<void> {
  if (await app.recordsAreReadOnly()) {
    output.note(`The disk of ${app.config.data} is read-only: this command is not in the audit log.`);
    return;
  }
  const audit = await app.audit();
  await audit.append({
    ...{ outcome: 'done', by: userName(), kind: 'process', from: `carelake ${command}`, request: null },
    ...{ workspace: app.config.workspace, table: null, ids: [], patients: [] },
    ...event,
  });
}
