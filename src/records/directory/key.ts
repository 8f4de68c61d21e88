// Keys of the interface for programs: one document for every key, under its id. Of the secret only a hash is kept.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { CarelakeError } from '../../errors.js';
import type { Audit } from '../audit/chain.js';
import type { CollectionDefinition, Document, Documents } from '../documents.js';
import type { Role } from './role.js';
import { hashOf, newSecret } from './secret.js';
import type { User, Users } from './user.js';
import { type Author, handOver, type Witnessed, witnessed } from './witness.js';

export interface ApiKey extends Witnessed {
  readonly id: string;
  /** Whose it is, and in whose name it acts. */
  readonly user: string;
  /** What it is for, in words of its owner. */
  readonly name: string;
  readonly roles: readonly Role[];
  readonly hash: string;
  readonly created_at: string;
  readonly expires_at: string;
  readonly used_at: string | null;
  /** It is good for nothing any more, and goes as soon as the audit log has its line. */
  readonly revoked?: boolean;
}

const definition: CollectionDefinition<ApiKey> = { name: 'keys', indexed: ['user'] };

/** When it was last used is known to the minute: not every request writes. */
const usedWithin = 60_000;

const dayMs = 24 * 60 * 60_000;

export interface NewKey {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly days: number;
}

export interface Keys {
  /** `secret` is told once, and kept nowhere. @throws KEY_ROLES where the owner has not all of the roles */
  add(owner: User, key: NewKey, author: Author): Promise<{ key: ApiKey; secret: string }>;
  /** Undefined where it is no key, or none that is still good. @param secret `clk_<id>_<secret>` */
  find(secret: string): Promise<{ key: ApiKey; user: User; roles: readonly Role[] } | undefined>;
  /** By its id, whether it is still good or not. */
  get(id: string): Promise<ApiKey | undefined>;
  /** In the order in which they were made; of everybody where no user is named. */
  list(user?: string): Promise<ApiKey[]>;
  /** False where there is no such key, or it is another user's. */
  remove(id: string, author: Author, user?: string): Promise<boolean>;
  /** The lines of all that were made or removed. @throws AUDIT_FAILED */
  handOver(audit: Audit): Promise<void>;
}

export function keysIn(directory: Documents, users: Users, clock: () => Date = () => new Date()): Keys {
  const keys = directory.collection(definition);

  async function present(id: string): Promise<Document<ApiKey> | undefined> {
    const found = await keys.get(id);
    return found?.body.revoked ? undefined : found;
  }

  async function all(user?: string): Promise<ApiKey[]> {
    const found: ApiKey[] = [];
    for (let after: string | undefined; ; ) {
      const where = user === undefined ? {} : { where: { user } };
      const page = await keys.list({ limit: 1000, ...where, ...(after !== undefined && { after }) });
      found.push(...page.map(({ body }) => body));
      after = page.at(-1)?.key;
      if (page.length < 1000) return found;
    }
  }

  return {
    async add({ name: user, roles: owned }, { name, roles, days }, author) {
      const beyond = roles.filter((role) => !owned.includes(role));
      if (beyond.length > 0 || roles.length === 0) {
        const which = roles.length === 0 ? 'no role' : beyond.join(', ');
        throw new CarelakeError(
          'KEY_ROLES',
          `${user} has ${owned.join(', ') || 'no role'}; the key asks for ${which}.`,
        );
      }
      const id = randomBytes(8).toString('hex');
      const secret = newSecret();
      const created_at = clock().toISOString();
      const expires_at = new Date(clock().getTime() + days * dayMs).toISOString();
      const key = { id, user, name, roles, hash: hashOf(secret), created_at, expires_at, used_at: null };
      const detail = `${id} made for ${user}: ${roles.join(', ')}`;
      await keys.insert(id, witnessed<ApiKey>(key, author, [{ action: 'key', detail }]));
      return { key, secret: `clk_${id}_${secret}` };
    },
    async find(text) {
      const [, id = '', secret = ''] = /^clk_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/.exec(text) ?? [];
      const found = id === '' ? undefined : await present(id);
      if (!found || !isSame(found.body.hash, hashOf(secret))) return undefined;
      const { body: key } = found;
      const now = clock();
      const user = await users.get(key.user);
      if (!user || user.disabled || Date.parse(key.expires_at) <= now.getTime()) return undefined;
      if (key.used_at === null || now.getTime() - Date.parse(key.used_at) >= usedWithin) {
        await keys.replace(found.key, found.revision, { ...key, used_at: now.toISOString() });
      }
      // What its owner may no longer do, it may not do either.
      return { key, user, roles: key.roles.filter((role) => user.roles.includes(role)) };
    },
    get: async (id) => (await present(id))?.body,
    async list(user) {
      const good = (await all(user)).filter(({ revoked }) => !revoked);
      return good.sort((a, b) => (a.created_at < b.created_at ? -1 : 1));
    },
    async remove(id, author, user) {
      for (;;) {
        const found = await present(id);
        if (!found || (user !== undefined && found.body.user !== user)) return false;
        const detail = `${id} of ${found.body.user} revoked`;
        const over = witnessed<ApiKey>({ ...found.body, hash: '', revoked: true }, author, [{ action: 'key', detail }]);
        if (await keys.replace(id, found.revision, over)) return true;
      }
    },
    async handOver(audit) {
      const isOver = ({ revoked = false }: ApiKey) => revoked;
      for (const { id, lines = [] } of await all()) {
        if (lines.length > 0) await handOver('keys', keys, id, { audit, isOver });
      }
    },
  };
}

const isSame = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};
