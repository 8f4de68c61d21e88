// Who may speak to a server without sign-in: programs of this machine, under a name that only this machine has.
import { CarelakeError } from '../errors.js';
import { isOwnName } from './plugins/hosts.js';

/** The address to listen at. @throws SERVE_ADDRESS where other machines could reach it. */
export function loopbackAddress(host: string): string {
  if (isOwnName(host)) return host;
  throw new CarelakeError('SERVE_ADDRESS', `Other machines could reach ${host}, and there is no sign-in yet.`);
}
