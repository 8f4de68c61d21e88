// Where people find a server, for links that are printed.
import type { Config } from '../config.js';

/** What the configuration says of it; else the address that `carelake serve` listens at unless told otherwise. */
export function publicAddress({ publicHosts: [host], tlsCert }: Config): string {
  if (host !== undefined) return `https://${host}`;
  return `${tlsCert === null ? 'http' : 'https'}://127.0.0.1:5000`;
}
