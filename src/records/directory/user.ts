// Who may sign in: one document for every user, under their name. Nobody is ever removed, for the audit log names them.
import { CarelakeError } from '../../errors.js';
import type { Audit } from '../audit/chain.js';
import type { CollectionDefinition, Document, Documents } from '../documents.js';
import type { Role } from './role.js';
import { type Author, type Deed, handOver, type Witnessed, witnessed } from './witness.js';

export interface User extends Witnessed {
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
  add(user: Pick<User, 'name' | 'roles' | 'password' | 'created_by'>, author: Author): Promise<User>;
  /** What is no right of anybody. @throws USER_NOT_FOUND, and what `change` throws */
  change(
    name: string,
    change: (user: User) => Partial<Omit<User, 'roles' | 'disabled' | 'password' | 'lines' | 'line_count'>>,
  ): Promise<User>;
  /** Ends their sessions. @param how For the audit log: `by a link`. @throws USER_NOT_FOUND */
  setPassword(name: string, hash: string, author: Author, how: string): Promise<User>;
  /**
   * The same, of what may take the last administrator away. @throws USER_NOT_FOUND, LAST_ADMIN
   */
  changeRights(name: string, change: Partial<Pick<User, 'roles' | 'disabled'>>, author: Author): Promise<User>;
  /** The lines of all that was changed. @throws AUDIT_FAILED */
  handOver(audit: Audit): Promise<void>;
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

  async function change(
    name: string,
    changed: (user: User) => Partial<User>,
    line?: { readonly author: Author; deedOf(user: User): Deed },
  ): Promise<User> {
    for (;;) {
      const found = await users.get(nameOf(name));
      if (!found) throw new CarelakeError('USER_NOT_FOUND', `There is no user ${JSON.stringify(name.slice(0, 100))}.`);
      const next = { ...found.body, ...changed(found.body) };
      const body = line ? witnessed(next, line.author, [line.deedOf(next)]) : next;
      const written = await users.replace(found.key, found.revision, body);
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
    change: (name, changed) => change(name, changed),
    setPassword: (name, password, author, how) =>
      change(name, ({ epoch }) => ({ password, epoch: epoch + 1 }), {
        author,
        deedOf: () => ({ action: 'password', detail: how }),
      }),
    async handOver(audit) {
      for (const { name, lines = [] } of await all()) {
        if (lines.length > 0) await handOver('users', users, name, { audit, isOver: () => false });
      }
    },
    async add({ name: given, roles, password, created_by }, author) {
      const name = nameOf(given);
      if (!isName(name)) {
        const message = 'It must have 1 to 100 characters of a-z, 0-9 and . _ @ + -, and begin with a letter or digit.';
        throw new CarelakeError('USER_NAME', `${JSON.stringify(name.slice(0, 100))}: ${message}`, {
          faults: [{ field: 'name', message }],
        });
      }
      const created_at = new Date().toISOString();
      const fresh = { disabled: false, epoch: 1, created_at, created_by, signed_in_at: null };
      const deeds: Deed[] = [
        { action: 'user', detail: `${name} added: ${roles.join(', ') || 'no role'}` },
        ...(password === null ? [] : [{ action: 'password' as const, detail: `the first of ${name}` }]),
      ];
      const added = await users.insert(name, witnessed<User>({ name, roles, password, ...fresh }, author, deeds));
      if (!added) throw new CarelakeError('USER_EXISTS', `There is a user ${name} already.`);
      return added.body;
    },
    async changeRights(given, rights, author) {
      const line = { author, deedOf: rightsOf };
      const name = nameOf(given);
      const present = (await users.get(name))?.body;
      if (present && isAdmin(present) && !isAdmin({ ...present, ...rights })) await requireOtherAdmin(name);
      let before: User | undefined;
      const changed = await change(
        name,
        (user) => {
          before = user;
          // Whoever has only been invited has nothing open that must end, and other roles need not spoil their link.
          const ends = user.password !== null || rights.disabled !== undefined;
          return { ...rights, epoch: user.epoch + (ends ? 1 : 0) };
        },
        line,
      );
      if (!before || !isAdmin(before) || isAdmin(changed)) return changed;
      // Of two who take each other's rights at once, both see here that nobody is left, and both give them back.
      const { roles, disabled } = before;
      await requireOtherAdmin(name).catch(async (error: unknown) => {
        await change(name, () => ({ roles, disabled }), line);
        throw error;
      });
      return changed;
    },
  };
}

function rightsOf({ name, roles, disabled, password }: User): Deed {
  const state = disabled ? 'disabled' : password === null ? 'invited' : 'active';
  return { action: 'user', detail: `${name} is ${state}: ${roles.join(', ') || 'no role'}` };
}

/** As it is kept and compared; so that nobody is mistaken for somebody else, only letters that look like no others. */
export const nameOf = (given: string): string => given.trim().toLowerCase();

const isName = (name: string): boolean => /^[a-z0-9][a-z0-9._@+-]{0,99}$/.test(name);

const isAdmin = ({ roles, disabled, password }: User): boolean =>
  roles.includes('admin') && !disabled && password !== null;
