// Who may sign in: one document for every user, under their name. Nobody is ever removed, for the audit log names them.
import { CarelakeError } from '../../errors.js';
import type { Body, CollectionDefinition, Document, Documents } from '../documents.js';
import type { Role } from './role.js';

export interface User extends Body {
  readonly name: string;
  readonly roles: readonly Role[];
  /** Its hash; null of somebody who has chosen none yet. */
  readonly password: string | null;
  readonly disabled: boolean;
  /** What was opened in another epoch of theirs is over: sessions and links. Rises with all that must end them at once. */
  readonly epoch: number;
  readonly created_at: string;
  readonly created_by: string;
  readonly signed_in_at: string | null;
}

const definition: CollectionDefinition<User> = { name: 'users', indexed: [] };

export interface Users {
  get(name: string): Promise<User | undefined>;
  /** In the order of their names. */
  all(): Promise<User[]>;
  isEmpty(): Promise<boolean>;
  /** Whether there is an administrator who can sign in. */
  hasAdmin(): Promise<boolean>;
  /** @throws USER_EXISTS, USER_NAME */
  add(user: Pick<User, 'name' | 'roles' | 'password' | 'created_by'>): Promise<User>;
  /** @throws USER_NOT_FOUND, and what `change` throws */
  change(name: string, change: (user: User) => Partial<User>): Promise<User>;
  /**
   * The same, of what may take the last administrator away. @throws USER_NOT_FOUND, LAST_ADMIN
   */
  changeRights(name: string, change: Partial<Pick<User, 'roles' | 'disabled'>>): Promise<User>;
}

export function usersIn(directory: Documents): Users {
  const users = directory.collection(definition);

  async function all(): Promise<User[]> {
    const found: User[] = [];
    for (let after: string | undefined; ; ) {
      const page: Document<User>[] = await users.list({ limit: 1000, ...(after !== undefined && { after }) });
      found.push(...page.map(({ body }) => body));
      after = page.at(-1)?.key;
      if (page.length < 1000) return found;
    }
  }

  async function change(name: string, changed: (user: User) => Partial<User>): Promise<User> {
    for (;;) {
      const found = await users.get(nameOf(name));
      if (!found) throw new CarelakeError('USER_NOT_FOUND', `There is no user ${JSON.stringify(name.slice(0, 100))}.`);
      const written = await users.replace(found.key, found.revision, { ...found.body, ...changed(found.body) });
      if (written) return written.body;
    }
  }

  const requireOtherAdmin = async (name: string): Promise<void> => {
    if ((await all()).some((user) => isAdmin(user) && user.name !== name)) return;
    throw new CarelakeError('LAST_ADMIN', `${name} is the last administrator who can sign in.`);
  };

  return {
    get: async (name) => (await users.get(nameOf(name)))?.body,
    all,
    isEmpty: async () => (await users.list({ limit: 1 })).length === 0,
    hasAdmin: async () => (await all()).some(isAdmin),
    change,
    async add({ name: given, roles, password, created_by }) {
      const name = nameOf(given);
      if (!isName(name)) {
        const message = 'It must have 1 to 100 characters of a-z, 0-9 and . _ @ + -, and begin with a letter or digit.';
        throw new CarelakeError('USER_NAME', `${JSON.stringify(name.slice(0, 100))}: ${message}`, {
          faults: [{ field: 'name', message }],
        });
      }
      const created_at = new Date().toISOString();
      const fresh = { disabled: false, epoch: 1, created_at, created_by, signed_in_at: null };
      const added = await users.insert(name, { name, roles, password, ...fresh });
      if (!added) throw new CarelakeError('USER_EXISTS', `There is a user ${name} already.`);
      return added.body;
    },
    async changeRights(given, rights) {
      const name = nameOf(given);
      const present = (await users.get(name))?.body;
      if (present && isAdmin(present) && !isAdmin({ ...present, ...rights })) await requireOtherAdmin(name);
      let before: User | undefined;
      const changed = await change(name, (user) => {
        before = user;
        // Whoever has only been invited has nothing open that must end, and other roles need not spoil their link.
        const ends = user.password !== null || rights.disabled !== undefined;
        return { ...rights, epoch: user.epoch + (ends ? 1 : 0) };
      });
      if (!before || !isAdmin(before) || isAdmin(changed)) return changed;
      // Of two who take each other's rights at once, both see here that nobody is left, and both give them back.
      const { roles, disabled } = before;
      await requireOtherAdmin(name).catch(async (error: unknown) => {
        await change(name, () => ({ roles, disabled }));
        throw error;
      });
      return changed;
    },
  };
}

/** As it is kept and compared; so that nobody is mistaken for somebody else, only letters that look like no others. */
export const nameOf = (given: string): string => given.trim().toLowerCase();

const isName = (name: string): boolean => /^[a-z0-9][a-z0-9._@+-]{0,99}$/.test(name);

const isAdmin = ({ roles, disabled, password }: User): boolean =>
  roles.includes('admin') && !disabled && password !== null;
