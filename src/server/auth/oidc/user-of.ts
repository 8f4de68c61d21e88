// The user of this server that somebody of a provider is: by their subject there, once they were linked to a user of their
// address of mail.
import { CarelakeError } from '../../../errors.js';
import type { Directory } from '../../../records/directory/directory.js';
import type { User } from '../../../records/directory/user.js';
import type { Author } from '../../../records/directory/witness.js';
import type { Person } from './provider.js';

/** @throws OIDC_REFUSED, LAST_ADMIN */
export async function userOf(
  { users, federation }: Directory,
  person: Person,
  from: Omit<Author, 'by' | 'kind'>,
): Promise<User> {
  const { issuer, subject, name, roles } = person;
  const known = await federation.userOf(issuer, subject);
  const present = await users.get(known ?? name);
  if (present?.disabled) throw new CarelakeError('OIDC_REFUSED', 'This user is disabled.');
  if (known !== undefined && !present) throw new CarelakeError('OIDC_REFUSED', 'This user is not here any more.');
  // What the provider says of somebody they bring along themselves.
  const authorOf = (by: string): Author => ({ ...from, by, kind: 'user' });
  const user =
    present ??
    (await users.add({ name, roles: roles ?? [], password: null, created_by: 'openid connect' }, authorOf(name)));
  // An address of mail may go to somebody else at the provider; a user does not.
  if (!(await federation.link(issuer, subject, user.name))) {
    throw new CarelakeError('OIDC_REFUSED', 'This user signs in as somebody else at the provider.');
  }
  const same =
    roles === undefined || (roles.length === user.roles.length && roles.every((one) => user.roles.includes(one)));
  return same || !roles ? user : users.changeRights(user.name, { roles }, authorOf(user.name));
}
