// Who is signed in where: one document for every token of a session, under its hash. A session goes from token to token, so
// that one which was seen by others does not serve them for long.
import type { Body, CollectionDefinition, Document, Documents } from '../documents.js';
import { hashOf, newId, newSecret } from './secret.js';
import type { User, Users } from './user.js';

export interface Session extends Body {
  /** What its owner knows it by; the same for all of its tokens. */
  readonly id: string;
  readonly user: string;
  /** That of the user in which it was opened. */
  readonly epoch: number;
  /** What a request that changes something must bear beside the cookie. */
  readonly csrf: string;
  readonly started_at: string;
  readonly seen_at: string;
  /** When this token was given out. */
  readonly token_at: string;
  /** When another took its place: what was on its way by then is still answered. */
  readonly superseded_at: string | null;
  /** The end, whoever is active. */
  readonly expires_at: string;
  readonly from: string;
  /** The browser, as it calls itself. */
  readonly agent: string;
}

const definition: CollectionDefinition<Session> = { name: 'sessions', indexed: ['id', 'user', 'expires_at'] };

export interface SessionLimits {
  /** How long nobody may have been active, in milliseconds. */
  readonly idle: number;
  /** How long it may last at all, in milliseconds. */
  readonly most: number;
}

/** How long a token is good for before another takes its place, and how long it is still taken after that. */
const renewAfter = 15 * 60_000;
const graceMs = 60_000;

/** How exactly it is known when somebody was last active: not every request writes. */
const seenWithin = 60_000;

export interface FoundSession {
  readonly session: Session;
  readonly user: User;
  /** The token that takes the place of the one that was shown, once it is time for that. */
  readonly renewed?: string;
}

export interface Sessions {
  open(user: User, from: Pick<Session, 'from' | 'agent'>): Promise<{ token: string; session: Session }>;
  /**
   * Undefined where there is none that is still good, or its user is not.
   * @param attended Whether a person is behind the request; a page that asks by itself keeps no session open.
   */
  find(token: string, attended: boolean): Promise<FoundSession | undefined>;
  /** Those of a user that are still good, the newest first. */
  list(user: User): Promise<Session[]>;
  /** False where the user has no such session. */
  end(user: string, id: string): Promise<boolean>;
}

export function sessionsIn(
  directory: Documents,
  users: Users,
  limits: SessionLimits,
  clock: () => Date = () => new Date(),
): Sessions {
  const sessions = directory.collection(definition);
  const now = () => clock().toISOString();
  const since = (time: string): number => clock().getTime() - Date.parse(time);

  const isGood = ({ expires_at, seen_at, superseded_at, epoch }: Session, user: User): boolean =>
    since(expires_at) < 0 &&
    since(seen_at) < limits.idle &&
    (superseded_at === null || since(superseded_at) < graceMs) &&
    !user.disabled &&
    user.epoch === epoch;

  /** Whose session it is that another request renews at the same time is not decided here: its token is answered. */
  async function renew({ key, revision, body }: Document<Session>): Promise<string | undefined> {
    const token = newSecret();
    const fresh = await sessions.insert(hashOf(token), { ...body, token_at: now(), seen_at: now() });
    if (!fresh) return undefined;
    if (await sessions.replace(key, revision, { ...body, superseded_at: now() })) return token;
    // Another was first, or the session was ended: then nothing of it may be left.
    await sessions.remove(fresh.key, fresh.revision);
    return undefined;
  }

  return {
    async open({ name, epoch }, { from, agent }) {
      await sessions.removeBelow('expires_at', now());
      const token = newSecret();
      const session: Session = {
        ...{ id: newId(), user: name, epoch, csrf: newSecret(), from, agent: agent.slice(0, 300) },
        ...{ started_at: now(), seen_at: now(), token_at: now(), superseded_at: null },
        expires_at: new Date(clock().getTime() + limits.most).toISOString(),
      };
      await sessions.insert(hashOf(token), session);
      return { token, session };
    },
    async find(token, attended) {
      const found = await sessions.get(hashOf(token));
      const user = found && (await users.get(found.body.user));
      if (!user || !isGood(found.body, user)) return undefined;
      const { body: session } = found;
      if (!attended || session.superseded_at !== null) return { session, user };
      if (since(session.token_at) >= renewAfter) {
        const renewed = await renew(found);
        return { session, user, ...(renewed !== undefined && { renewed }) };
      }
      // Where another request writes the same at the same time, one of them is enough.
      if (since(session.seen_at) >= seenWithin) {
        await sessions.replace(found.key, found.revision, { ...session, seen_at: now() });
      }
      return { session, user };
    },
    async list(user) {
      const found = await sessions.list({ where: { user: user.name }, limit: 1000 });
      return found
        .map(({ body }) => body)
        .filter((session) => session.superseded_at === null && isGood(session, user))
        .sort((a, b) => (a.started_at < b.started_at ? 1 : -1));
    },
    async end(user, id) {
      // A request may give it another token meanwhile: until nothing is left.
      for (let any = false; ; any = true) {
        const found = await sessions.list({ where: { id, user }, limit: 1000 });
        if (found.length === 0) return any;
        for (const { key, revision } of found) await sessions.remove(key, revision);
      }
    },
  };
}
