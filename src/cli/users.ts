// What the commands for users and keys have in common: the directory, its audit line, and how they are shown.

import { CarelakeError } from '../errors.js';
import { userName } from '../pipeline/land/user-name.js';
import { type Directory, directoryIn } from '../records/directory/directory.js';
import type { NewLink } from '../records/directory/link.js';
import { type Role, roles } from '../records/directory/role.js';
import type { User } from '../records/directory/user.js';
import type { Author } from '../records/directory/witness.js';
import { linkPath, shownUser } from '../server/auth/user-schema.js';
import type { Invocation } from './command.js';
import { textTable } from './output.js';
import { publicAddress } from './place.js';

export async function openDirectory({ app }: Invocation): Promise<Directory> {
  const { config } = app;
  return directoryIn((await app.records()).directory, { idle: config.sessionIdle, most: config.sessionLimit });
}

/** Whoever can write the file of the records can do all of this: the line says who it was. @throws AUDIT_FAILED */
export async function note({ app }: Invocation, action: string, detail: string): Promise<void> {
  await (await app.audit()).append({
    ...{ action, outcome: 'done', by: userName(), kind: 'process', from: `carelake ${action}`, request: null },
    ...{ workspace: null, table: null, ids: [], patients: [], detail },
  });
}

/** Who changes a right by this command: its line stands beside the right, and `handOver` brings it into the log. */
export const authorOf = (command: string): Author => ({
  ...{ by: userName(), kind: 'process', from: `carelake ${command}`, request: null },
});

/** @throws AUDIT_FAILED: what was done is done, and its line follows as soon as the log can be written */
export async function handOver({ app }: Invocation, directory: Directory): Promise<void> {
  await directory.handOver(await app.audit());
}

/** @throws USAGE where one of them is no role */
export function rolesOf(names: readonly string[]): readonly Role[] {
  return [...new Set(names)].map((name) => {
    const role = roles.find((one) => one === name);
    if (!role) throw new CarelakeError('USAGE', `There is no role ${name}; there are ${roles.join(', ')}.`);
    return role;
  });
}

/** Collects an option that may be given several times, or once with commas. */
export const several = (text: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...text.split(',').map((one) => one.trim()),
];

export const linkDocument = ({ app }: Invocation, link: NewLink) => ({
  url: `${publicAddress(app.config)}${linkPath(link)}`,
  expires_at: link.expires_at,
});

export const linkText = ({ url, expires_at }: { readonly url: string; readonly expires_at: string }): string =>
  `Open this once until ${expires_at} to choose the password; whoever has it can:\n  ${url}`;

export const usersText = (users: readonly User[]): string =>
  users.length === 0
    ? 'There is no user yet; carelake serve prints a link for the first one.'
    : textTable(
        ['user', 'roles', 'state', 'last signed in', 'added by'],
        users.map((user) => {
          const { name, roles: held, state, signed_in_at, created_by } = shownUser(user);
          return [name, held.join(', '), state, signed_in_at?.slice(0, 16).replace('T', ' ') ?? 'never', created_by];
        }),
      );
