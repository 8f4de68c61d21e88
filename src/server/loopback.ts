// Who may speak to a server without sign-in: programs of this machine, under a name that only this machine has.
import { isIP } from 'node:net';
import { CarelakeError } from '../errors.js';

/** The address to listen at. @throws SERVE_ADDRESS where other machines could reach it. */
export function loopbackAddress(host: string): string {
  if (isLoopback(host)) return host;
  throw new CarelakeError('SERVE_ADDRESS', `Other machines could reach ${host}, and there is no sign-in yet.`);
}

/**
 * Refuses a request that names another host: a page of the web whose name was made to point at this machine (DNS
 * rebinding) would else read everything as if it were ours.
 * @param header The header Host, `127.0.0.1:5000`.
 * @throws HOST_REFUSED
 */
export function requireLoopbackHost(header: string | undefined): void {
  const [, name] = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::[0-9]{1,5})?$/i.exec(header ?? '') ?? [];
  if (name !== undefined && isLoopback(name.replace(/^\[|\]$/g, ''))) return;
  throw new CarelakeError('HOST_REFUSED', `This server is not ${JSON.stringify(header ?? '')}.`);
}

function isLoopback(host: string): boolean {
  return host.toLowerCase() === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
