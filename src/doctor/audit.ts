// Whether the audit log is as it was written.
import type { App } from '../app.js';
import { verifyChain } from '../records/audit/verify.js';
import { type Verdict, verdictOn } from './finding.js';

/** How many faults are named; `carelake audit verify` names more. */
const mostNamed = 5;

/** Reads every line. */
export async function auditWhole(app: App): Promise<Verdict> {
  if (!(await app.knownRecords())) return { state: 'ok', detail: 'nothing was written down yet' };
  const { lines, seals } = await app.audit();
  const found = await verifyChain(lines, seals);
  const faults = found.faults.slice(0, mostNamed).map(({ message }) => message);
  const seal =
    found.sealed_from === null ? 'CARELAKE_AUDIT_KEY would seal them' : `sealed from line ${found.sealed_from} on`;
  return verdictOn(faults, `${found.lines} lines are as they were written; ${seal}`);
}
