// Under which names the server answers. A page of the web whose name was made to point here (DNS rebinding) would else read
// everything as if it were ours.
import { isIP, type Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { CarelakeError } from '../../errors.js';
import { isOwnAddress } from '../addresses.js';

/** `localhost` or an address of this machine's own. */
export const isOwnName = (host: string): boolean => host.toLowerCase() === 'localhost' || isOwnAddress(host);

/** @param publicHosts In lower case. */
export function answersKnownHosts(app: FastifyInstance, publicHosts: readonly string[]): void {
  const isOurs = (name: string, socket: Socket): boolean =>
    isOwnName(name) ||
    publicHosts.includes(name) ||
    // The very address that was connected to: no name, so none that somebody could have made point here.
    (isIP(name) !== 0 && name === socket.localAddress?.replace(/^::ffff:(?=[0-9.]+$)/, ''));
  app.addHook('onRequest', ({ host, raw: { socket } }, _reply, done) => {
    const name = nameIn(host);
    if (name !== undefined && isOurs(name, socket)) done();
    else done(new CarelakeError('HOST_REFUSED', `This server is not ${JSON.stringify((host ?? '').slice(0, 300))}.`));
  });
}

/** `Example.org:5000` → `example.org`, `[::1]:5000` → `::1`; undefined where it is no host. */
function nameIn(host: string | undefined): string | undefined {
  const [, name] = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::[0-9]{1,5})?$/i.exec(host ?? '') ?? [];
  return name?.replace(/^\[|\]$/g, '').toLowerCase();
}
