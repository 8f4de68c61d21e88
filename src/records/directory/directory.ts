// Users with their sessions, links and keys: above the workspaces, the same in each of them.
import type { Audit } from '../audit/chain.js';
import type { Documents } from '../documents.js';
import { type Devices, devicesIn } from './device.js';
import { type Federation, federationIn } from './federation.js';
import { type Grants, grantsIn } from './grant.js';
import { type Keys, keysIn } from './key.js';
import { type Links, linksIn } from './link.js';
import { type SessionLimits, type Sessions, sessionsIn } from './session.js';
import { type Users, usersIn } from './user.js';

export interface Directory {
  readonly users: Users;
  readonly sessions: Sessions;
  readonly links: Links;
  readonly keys: Keys;
  readonly grants: Grants;
  readonly federation: Federation;
  readonly devices: Devices;
  /** Hands the audit log the lines of changed rights that it may not have yet. @throws AUDIT_FAILED: they wait. */
  handOver(audit: Audit): Promise<void>;
}

/** @param clock Tests give another. */
export function directoryIn(documents: Documents, limits: SessionLimits, clock?: () => Date): Directory {
  const users = usersIn(documents);
  const keys = keysIn(documents, users, clock);
  return {
    users,
    sessions: sessionsIn(documents, users, limits, clock),
    links: linksIn(documents, users, clock),
    keys,
    federation: federationIn(documents, clock),
    grants: grantsIn(documents, users, keys, clock),
    devices: devicesIn(documents, clock),
    async handOver(audit) {
      await users.handOver(audit);
      await keys.handOver(audit);
    },
  };
}
