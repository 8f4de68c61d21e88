// Links that lead to choosing a password, once: of the first start, of an invitation, of a password that was forgotten.
import { CarelakeError } from '../../errors.js';
import type { Body, CollectionDefinition, Document, Documents } from '../documents.js';
import { hashOf, newSecret } from './secret.js';
import type { User, Users } from './user.js';
import type { Author } from './witness.js';

interface Link extends Body {
  readonly user: string;
  /** That of the user for which it was made; 0 where the user is made with it, the first of all. */
  readonly epoch: number;
  readonly expires_at: string;
}

const definition: CollectionDefinition<Link> = { name: 'links', indexed: ['expires_at'] };

/** The first one stands on a terminal and perhaps in its log; others are sent to somebody. */
const firstLasts = 60 * 60_000;
const lasts = 3 * 24 * 60 * 60_000;

const firstAdmin = 'admin';

export interface NewLink {
  readonly token: string;
  readonly user: string;
  readonly expires_at: string;
}

export interface Links {
  /** Undefined where there are users already. */
  ofFirstStart(): Promise<NewLink | undefined>;
  /** Those that were made before for the same user stay good until one of them is used. */
  make(user: User): Promise<NewLink>;
  /** Whose link it is. @throws LINK_INVALID */
  look(token: string): Promise<Pick<Link, 'user' | 'expires_at'>>;
  /** Sets the password, ends the user's sessions, and makes the user where it is the first. @throws LINK_INVALID */
  redeem(token: string, passwordHash: string, author: Omit<Author, 'by' | 'kind'>): Promise<User>;
}

export function linksIn(directory: Documents, users: Users, clock: () => Date = () => new Date()): Links {
  const links = directory.collection(definition);

  async function insert(user: string, epoch: number, ms: number): Promise<NewLink> {
    await links.removeBelow('expires_at', clock().toISOString());
    const token = newSecret();
    const expires_at = new Date(clock().getTime() + ms).toISOString();
    await links.insert(hashOf(token), { user, epoch, expires_at });
    return { token, user, expires_at };
  }

  async function valid(token: string): Promise<Document<Link>> {
    const found = await links.get(hashOf(token));
    if (found && Date.parse(found.body.expires_at) > clock().getTime() && (await isOf(found.body))) return found;
    throw new CarelakeError('LINK_INVALID', 'It was used, is too old, or was never given out.');
  }

  async function isOf({ user: name, epoch }: Link): Promise<boolean> {
    if (epoch === 0) return users.isEmpty();
    const user = await users.get(name);
    return user !== undefined && !user.disabled && user.epoch === epoch;
  }

  return {
    ofFirstStart: async () => ((await users.isEmpty()) ? insert(firstAdmin, 0, firstLasts) : undefined),
    make: ({ name, epoch }) => insert(name, epoch, lasts),
    async look(token) {
      const { user, expires_at } = (await valid(token)).body;
      return { user, expires_at };
    },
    async redeem(token, password, from) {
      const { key, revision, body } = await valid(token);
      // Of two who use it at once, one removes it.
      if (!(await links.remove(key, revision))) throw new CarelakeError('LINK_INVALID', 'It was used just now.');
      const author: Author = { ...from, by: body.user, kind: 'user' };
      if (body.epoch === 0)
        return users.add({ name: body.user, roles: ['admin'], password, created_by: 'first start' }, author);
      return users.setPassword(body.user, password, author, 'by a link');
    },
  };
}
