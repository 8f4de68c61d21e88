// Who may do what: the one table. Every route names one of these permissions; what it does not name it does not give.
import type { Role } from '../../records/directory/role.js';

interface Right {
  readonly means: string;
  readonly roles: readonly Role[];
}

const rights = {
  'numbers:read': {
    means: 'Numbers over many patients, and the state of runs',
    roles: ['admin', 'clinician', 'analyst'],
  },
  'patients:look-up': { means: 'One patient, by their id', roles: ['admin', 'clinician', 'data_entry'] },
  'records:read': { means: 'Rows of patients', roles: ['admin', 'clinician'] },
  'records:create': { means: 'To type new records', roles: ['admin', 'clinician', 'data_entry'] },
  'records:write': { means: 'To change and delete records', roles: ['admin', 'clinician'] },
  'records:own': { means: 'To read, change and delete records that one created', roles: ['data_entry'] },
  'predictions:ask': { means: 'Predictions about patients, which are kept', roles: ['admin', 'clinician'] },
  'models:read': {
    means: 'Cards and versions of models, how they do, and trainings',
    roles: ['admin', 'clinician', 'analyst'],
  },
  'models:write': { means: 'To train a model, and to decide which version answers', roles: ['admin'] },
  'metrics:read': { means: 'Counts and times of the server, for its operator', roles: ['admin'] },
  'audit:read': { means: 'Who did what to whose rows, and whether that log is whole', roles: ['admin', 'auditor'] },
} as const satisfies Record<string, Right>;

type Named = keyof typeof rights;

/**
 * What one must be allowed to do for a route. `open` is for everybody: whether the server answers, and what there is to
 * ask for; no patient, no number. `account:own` is for whoever is signed in, in any role.
 */
export type Permission = 'open' | 'account:own' | Named;

const ofAll: readonly Permission[] = ['open', 'account:own'];

export const allPermissions: readonly Permission[] = [...ofAll, ...(Object.keys(rights) as Named[])];

/** What somebody with these roles may do. */
export function permissionsOf(roles: readonly Role[]): ReadonlySet<Permission> {
  const given = (Object.entries(rights) as [Named, Right][]).filter(([, right]) =>
    right.roles.some((role) => roles.includes(role)),
  );
  return new Set([...ofAll, ...given.map(([name]) => name)]);
}
