// Who signs in by a provider of OpenID Connect: attempts that are under way, each good once, and which subject of the provider is
// which user here.
import type { Body, CollectionDefinition, Documents } from '../documents.js';
import { hashOf, newSecret } from './secret.js';

interface Attempt extends Body {
  /** Of the secret in the browser that began it. */
  readonly browser: string;
  readonly nonce: string;
  readonly verifier: string;
  /** Where on this server to go then. */
  readonly to: string;
  readonly expires_at: string;
}

interface Subject extends Body {
  readonly user: string;
}

/** Under the name of a user: whose they are, so that of two subjects at once only one has them. */
interface Claimed extends Body {
  readonly subject: string;
}

const attemptsDefinition: CollectionDefinition<Attempt> = { name: 'oidc_attempts', indexed: ['expires_at'] };
const subjectsDefinition: CollectionDefinition<Subject> = { name: 'oidc_subjects', indexed: ['user'] };

const claimsDefinition: CollectionDefinition<Claimed> = { name: 'oidc_users', indexed: [] };

const lastsMs = 10 * 60_000;

export interface Begun {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly to: string;
}

export interface Federation {
  /** @returns What goes to the provider, and what only this browser keeps. */
  begin(attempt: Pick<Attempt, 'nonce' | 'verifier' | 'to'>): Promise<{ state: string; browser: string }>;
  /** Undefined where there is none, it is too old, was taken before, or another browser began it. */
  take(state: string, browser: string): Promise<Begun | undefined>;
  userOf(issuer: string, subject: string): Promise<string | undefined>;
  /** Whether the user is this subject's from now on; false where they are another's. */
  link(issuer: string, subject: string, user: string): Promise<boolean>;
}

export function federationIn(directory: Documents, clock: () => Date = () => new Date()): Federation {
  const attempts = directory.collection(attemptsDefinition);
  const subjects = directory.collection(subjectsDefinition);
  const claims = directory.collection(claimsDefinition);
  const keyOf = (issuer: string, subject: string): string => hashOf(JSON.stringify([issuer, subject]));
  return {
    async begin({ nonce, verifier, to }) {
      await attempts.removeBelow('expires_at', clock().toISOString());
      const [state, browser] = [newSecret(), newSecret()];
      const expires_at = new Date(clock().getTime() + lastsMs).toISOString();
      await attempts.insert(hashOf(state), { browser: hashOf(browser), nonce, verifier, to, expires_at });
      return { state, browser };
    },
    async take(state, browser) {
      const found = await attempts.get(hashOf(state));
      if (!found || found.body.browser !== hashOf(browser)) return undefined;
      // Of two that show it at once, one takes it.
      if (!(await attempts.remove(found.key, found.revision))) return undefined;
      const { nonce, verifier, to, expires_at } = found.body;
      return expires_at > clock().toISOString() ? { state, nonce, verifier, to } : undefined;
    },
    userOf: async (issuer, subject) => (await subjects.get(keyOf(issuer, subject)))?.body.user,
    async link(issuer, subject, user) {
      const key = keyOf(issuer, subject);
      const others = (await subjects.list({ where: { user }, limit: 2 })).filter((one) => one.key !== key);
      if (others.length > 0) return false;
      const claim = (await claims.insert(user, { subject: key })) ?? (await claims.get(user));
      if (claim?.body.subject !== key) return false;
      return ((await subjects.insert(key, { user })) ?? (await subjects.get(key)))?.body.user === user;
    },
  };
}
