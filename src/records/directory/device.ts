// Browsers in which users have signed in: what such a browser is known by, so that guesses made elsewhere do not slow it down.
// Several people may share one, such as that of a ward.
import type { Body, CollectionDefinition, Document, Documents } from '../documents.js';
import { hashOf, newSecret } from './secret.js';

interface Device extends Body {
  /** The latest first. */
  readonly users: readonly string[];
  readonly expires_at: string;
}

const definition: CollectionDefinition<Device> = { name: 'devices', indexed: ['expires_at'] };

/** In seconds. */
export const deviceLasts = 180 * 24 * 60 * 60;

/** Of one browser. */
const mostUsers = 50;

export interface Devices {
  /**
   * Returns what the browser keeps from now on. @param former What it kept until now, of other users: they are known by the new
   * token as well. It is another one, since somebody may have put the former into the browser.
   */
  add(user: string, former?: string): Promise<string>;
  isOf(user: string, token: string): Promise<boolean>;
  /** Whether anybody has signed in there. */
  isKnown(token: string): Promise<boolean>;
}

export function devicesIn(directory: Documents, clock: () => Date = () => new Date()): Devices {
  const devices = directory.collection(definition);
  async function found(token: string): Promise<Document<Device> | undefined> {
    const one = await devices.get(hashOf(token));
    return one && one.body.expires_at > clock().toISOString() ? one : undefined;
  }
  return {
    async add(user, former) {
      await devices.removeBelow('expires_at', clock().toISOString());
      const before = former === undefined ? undefined : await found(former);
      const token = newSecret();
      const expires_at = new Date(clock().getTime() + deviceLasts * 1000).toISOString();
      const users = [user, ...(before?.body.users ?? [])].slice(0, mostUsers);
      await devices.insert(hashOf(token), { users, expires_at });
      if (before) await devices.remove(before.key, before.revision);
      return token;
    },
    isOf: async (user, token) => (await found(token))?.body.users?.includes(user) ?? false,
    isKnown: async (token) => (await found(token)) !== undefined,
  };
}
