// What a program was granted on an API key: the right to new access tokens, by a refresh token that is good once. One document
// for each grant, which holds the hash of the token that is good now: whoever shows an older one has a copy, and ends it all
// (RFC 9700, 4.14.2).
import type { Body, CollectionDefinition, Documents } from '../documents.js';
import type { ApiKey, Keys } from './key.js';
import type { Role } from './role.js';
import { hashOf, newId, newSecret } from './secret.js';
import type { User, Users } from './user.js';

interface Grant extends Body {
  readonly user: string;
  /** That of the user in which it was given. */
  readonly epoch: number;
  /** The API key that it was given on, without which it is over. */
  readonly key: string;
  readonly roles: readonly Role[];
  readonly hash: string;
  readonly expires_at: string;
}

const definition: CollectionDefinition<Grant> = { name: 'refresh_tokens', indexed: ['expires_at'] };

/** Of one that nobody refreshes. */
const lastsMs = 30 * 24 * 60 * 60_000;

export interface Granted {
  readonly id: string;
  readonly user: User;
  /** What is left of the key's roles. */
  readonly roles: readonly Role[];
}

export interface Refreshed extends Granted {
  readonly refreshToken: string;
  readonly expires_at: string;
}

export interface Grants {
  give(user: User, key: ApiKey): Promise<Refreshed>;
  /** `reused` names whose grant was ended, since a token of it was shown that had been good before. */
  refresh(token: string): Promise<Refreshed | { readonly reused: string } | undefined>;
  /** Undefined where it is over: ended, its key gone, its user disabled or in another epoch. */
  find(id: string): Promise<Granted | undefined>;
  /** Whose it was; undefined where there was none. */
  end(token: string): Promise<string | undefined>;
}

export function grantsIn(directory: Documents, users: Users, keys: Keys, clock: () => Date = () => new Date()): Grants {
  const grants = directory.collection(definition);
  const endOf = (key: ApiKey): string =>
    new Date(Math.min(clock().getTime() + lastsMs, Date.parse(key.expires_at))).toISOString();

  async function standing(id: string, grant: Grant): Promise<(Granted & { key: ApiKey }) | undefined> {
    const [user, key] = await Promise.all([users.get(grant.user), keys.get(grant.key)]);
    const now = clock().toISOString();
    if (!user || user.disabled || user.epoch !== grant.epoch || !key) return undefined;
    if (grant.expires_at <= now || key.expires_at <= now) return undefined;
    return { id, user, key, roles: grant.roles.filter((role) => user.roles.includes(role)) };
  }

  async function remove(id: string): Promise<string | undefined> {
    for (;;) {
      const found = await grants.get(id);
      if (!found) return undefined;
      if (await grants.remove(id, found.revision)) return found.body.user;
    }
  }

  return {
    async give(user, key) {
      await grants.removeBelow('expires_at', clock().toISOString());
      const [id, secret] = [newId(), newSecret()];
      const roles = key.roles.filter((role) => user.roles.includes(role));
      const expires_at = endOf(key);
      const body = { user: user.name, epoch: user.epoch, key: key.id, roles, hash: hashOf(secret), expires_at };
      await grants.insert(id, body);
      return { id, user, roles, refreshToken: tokenOf(id, secret), expires_at };
    },
    async refresh(token) {
      const { id, secret } = partsOf(token);
      const found = id === undefined ? undefined : await grants.get(id);
      if (!id || !found) return undefined;
      if (found.body.hash !== hashOf(secret)) {
        await remove(id);
        return { reused: found.body.user };
      }
      const granted = await standing(id, found.body);
      if (!granted) return undefined;
      const fresh = newSecret();
      const expires_at = endOf(granted.key);
      const written = await grants.replace(id, found.revision, { ...found.body, hash: hashOf(fresh), expires_at });
      // Two showed it at once: one of them has a copy.
      if (!written) return { reused: (await remove(id)) ?? found.body.user };
      const { user, roles } = granted;
      return { id, user, roles, refreshToken: tokenOf(id, fresh), expires_at };
    },
    async find(id) {
      const found = await grants.get(id);
      return found && standing(id, found.body);
    },
    async end(token) {
      const { id, secret } = partsOf(token);
      const found = id === undefined ? undefined : await grants.get(id);
      // Whoever shows an older one may end it, too: it is theirs, or it was copied.
      return id !== undefined && found && secret !== '' ? remove(id) : undefined;
    },
  };
}

const tokenOf = (id: string, secret: string): string => `clr_${id}_${secret}`;

function partsOf(token: string): { id?: string; secret: string } {
  const [, id, secret = ''] = /^clr_([0-9a-f]{32})_([A-Za-z0-9_-]{43})$/.exec(token) ?? [];
  return id === undefined ? { secret } : { id, secret };
}
