// What a program was granted on an API key: the right to new access tokens, by a refresh token that is good once. One document
// for each grant, which holds the hash of the token that is good now, and of those before it: whoever shows one of these has a
// copy, and ends it all (RFC 9700, 4.14.2). What was never given out ends nothing, for the id of a grant is no secret.
import type { Body, CollectionDefinition, Document, Documents } from '../documents.js';
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
  /** Of those that were good before, the newest first. */
  readonly past?: readonly string[];
  readonly expires_at: string;
}

const definition: CollectionDefinition<Grant> = { name: 'refresh_tokens', indexed: ['expires_at'] };

/** Of one that nobody refreshes. */
const lastsMs = 30 * 24 * 60 * 60_000;

/** A copy that is older than that, two days of a program that never stops, is refused like what never was one. */
const mostPast = 300;

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
  /**
   * `reused` names whose grant was ended, since a token of it was shown that had been good before.
   * @param noting Is told what is about to be done, of whom; where it throws, nothing is.
   */
  refresh(token: string, noting: Noting): Promise<Refreshed | { readonly reused: string } | undefined>;
  /** Undefined where it is over: ended, its key gone, its user disabled or in another epoch. */
  find(id: string): Promise<Granted | undefined>;
  /** @param noting As above; it is told nothing where there is none. */
  end(token: string, noting: Noting): Promise<void>;
}

export type Noting = (user: string, what: 'refreshed' | 'reused' | 'ended') => Promise<void>;

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

  async function remove(id: string): Promise<void> {
    for (;;) {
      const found = await grants.get(id);
      if (!found || (await grants.remove(id, found.revision))) return;
    }
  }

  /** The grant of a token that is good, or was before; undefined of any other text. */
  async function grantOf(token: string): Promise<(Document<Grant> & { readonly isGood: boolean }) | undefined> {
    const [, id, secret = ''] = /^clr_([0-9a-f]{32})_([A-Za-z0-9_-]{43})$/.exec(token) ?? [];
    const found = id === undefined ? undefined : await grants.get(id);
    const hash = hashOf(secret);
    if (found?.body.hash === hash) return { ...found, isGood: true };
    return found?.body.past?.includes(hash) ? { ...found, isGood: false } : undefined;
  }

  return {
    async give(user, key) {
      await grants.removeBelow('expires_at', clock().toISOString());
      const [id, secret] = [newId(), newSecret()];
      const roles = key.roles.filter((role) => user.roles.includes(role));
      const expires_at = endOf(key);
      const body = {
        user: user.name,
        epoch: user.epoch,
        key: key.id,
        roles,
        hash: hashOf(secret),
        past: [],
        expires_at,
      };
      await grants.insert(id, body);
      return { id, user, roles, refreshToken: tokenOf(id, secret), expires_at };
    },
    async refresh(token, noting) {
      const found = await grantOf(token);
      if (!found) return undefined;
      const { key: id, body, revision } = found;
      const reused = async () => {
        await noting(body.user, 'reused');
        await remove(id);
        return { reused: body.user };
      };
      if (!found.isGood) return reused();
      const granted = await standing(id, body);
      if (!granted) return undefined;
      await noting(body.user, 'refreshed');
      const fresh = newSecret();
      const expires_at = endOf(granted.key);
      const past = [body.hash, ...(body.past ?? [])].slice(0, mostPast);
      // Two showed it at once: one of them has a copy.
      if (!(await grants.replace(id, revision, { ...body, hash: hashOf(fresh), past, expires_at }))) return reused();
      const { user, roles } = granted;
      return { id, user, roles, refreshToken: tokenOf(id, fresh), expires_at };
    },
    async find(id) {
      const found = await grants.get(id);
      return found && standing(id, found.body);
    },
    async end(token, noting) {
      // Whoever shows an older one may end it, too: it is theirs, or it was copied.
      const found = await grantOf(token);
      if (!found) return;
      await noting(found.body.user, 'ended');
      await remove(found.key);
    },
  };
}

const tokenOf = (id: string, secret: string): string => `clr_${id}_${secret}`;
