// Who may do what: the one table. Every route names one of these permissions; what it does not name it does not give.
import type { Role } from '../../records/directory/role.js';

interface Right {
  readonly means: string;
  /** Empty where every role has it. */
  readonly roles: readonly Role[];
  /** Only for a person who has signed in: a key that is lost must not make others, or users. */
  readonly inPerson?: true;
}

const rights = {
  'account:own': { means: 'Their own password and sessions', roles: [], inPerson: true },
  'keys:own': { means: 'Their own API keys', roles: [], inPerson: true },
  'users:write': { means: 'Users, their roles, and keys of others', roles: ['admin'], inPerson: true },
  'numbers:read': {
    means: 'Numbers over many patients, and the state of runs',
    roles: ['admin', 'clinician', 'analyst'],
  },
  'patients:look-up': { means: 'One patient, by their id', roles: ['admin', 'clinician', 'data_entry'] },
  'records:read': { means: 'Rows of patients', roles: ['admin', 'clinician'] },
  'deidentified:read': {
    means: 'Rows of patients without identity',
    roles: ['admin', 'clinician', 'analyst'],
  },
  'records:create': { means: 'To type new records', roles: ['admin', 'clinician', 'data_entry'] },
  'records:write': { means: 'To change and delete records', roles: ['admin', 'clinician'] },
  'records:own': { means: 'To read, change and delete records that one created', roles: ['data_entry'] },
  'uploads:read': {
    means: 'Files that were sent, what became of them, and saved mappings',
    roles: ['admin', 'clinician'],
  },
  'uploads:write': {
    means: 'To send files, which may replace records, and to save mappings',
    roles: ['admin', 'clinician'],
  },
  'predictions:ask': { means: 'Predictions about patients, which are kept', roles: ['admin', 'clinician'] },
  'worklist:use': { means: 'The work list: patients who are to be seen to', roles: ['admin', 'clinician'] },
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
 * ask for; no patient, no number.
 */
export type Permission = 'open' | Named;

const table: readonly [Named, Right][] = Object.entries(rights) as [Named, Right][];

/** The table in the order in which it is told; of `open` nothing needs to be said. */
export const permissions = table.map(([name, { means, roles, inPerson = false }]) => ({
  name,
  means,
  roles,
  inPerson,
}));

/** What somebody with these roles may do. */
export function permissionsOf(roles: readonly Role[]): ReadonlySet<Permission> {
  const name = roles.join();
  const known = byRoles.get(name) ?? given(roles);
  byRoles.set(name, known);
  return known;
}

/** The table does not change, and every request asks: there are few sets of roles. */
const byRoles = new Map<string, ReadonlySet<Permission>>();

function given(roles: readonly Role[]): ReadonlySet<Permission> {
  const own = permissions.filter((right) => right.roles.length === 0 || right.roles.some((one) => roles.includes(one)));
  return new Set(['open' as const, ...own.map(({ name }) => name)]);
}

export const isInPerson = (permission: Permission): boolean =>
  permissions.some(({ name, inPerson }) => name === permission && inPerson);
