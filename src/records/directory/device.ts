// Browsers in which a user has signed in: what such a browser is known by, so that guesses made elsewhere do not slow it down.
import type { Body, CollectionDefinition, Documents } from '../documents.js';
import { hashOf, newSecret } from './secret.js';

interface Device extends Body {
  readonly user: string;
  readonly expires_at: string;
}

const definition: CollectionDefinition<Device> = { name: 'devices', indexed: ['expires_at'] };

/** In seconds. */
export const deviceLasts = 180 * 24 * 60 * 60;

export interface Devices {
  /** Returns what the browser keeps. */
  add(user: string): Promise<string>;
  isOf(user: string, token: string): Promise<boolean>;
}

export function devicesIn(directory: Documents, clock: () => Date = () => new Date()): Devices {
  const devices = directory.collection(definition);
  return {
    async add(user) {
      await devices.removeBelow('expires_at', clock().toISOString());
      const token = newSecret();
      const expires_at = new Date(clock().getTime() + deviceLasts * 1000).toISOString();
      await devices.insert(hashOf(token), { user, expires_at });
      return token;
    },
    async isOf(user, token) {
      const found = await devices.get(hashOf(token));
      return found?.body.user === user && found.body.expires_at > clock().toISOString();
    },
  };
}
