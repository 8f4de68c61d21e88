// Where a server may listen: without sign-in only where nobody but this machine reaches it, and in the clear likewise.
import type { NetworkConfig } from '../config/network.js';
import { CarelakeError } from '../errors.js';
import { isOwnName } from './plugins/hosts.js';
import { tlsFilesOf } from './tls.js';

/**
 * The address to listen at.
 * @throws SERVE_ADDRESS where others could reach a server that nobody signs in to, or would send passwords in the clear
 */
export function listeningAddress(host: string, auth: 'on' | 'off', network: NetworkConfig): string {
  const { publicHosts, trustedProxies } = network;
  const reached = [...publicHosts, ...trustedProxies];
  if (auth === 'off' && reached.length > 0) {
    throw new CarelakeError('SERVE_ADDRESS', `Sign-in is off, and others may come through ${reached.join(', ')}.`);
  }
  if (isOwnName(host)) return host;
  if (auth === 'off') {
    throw new CarelakeError('SERVE_ADDRESS', `Sign-in is off, and other machines could reach ${host}.`);
  }
  if (tlsFilesOf(network) || trustedProxies.length > 0) return host;
  throw new CarelakeError('SERVE_ADDRESS', `Other machines would send passwords and patients to ${host} in the clear.`);
}

/** What an operator should know of how it is reached. */
export function listeningRemarks(host: string, auth: 'on' | 'off', network: NetworkConfig): string[] {
  if (auth === 'off') return ['Sign-in is off (CARELAKE_AUTH=off): whoever uses this machine may do everything.'];
  if (isOwnName(host) || tlsFilesOf(network)) return [];
  const proxies = network.trustedProxies.join(', ');
  return [
    `It answers in the clear at ${host}: let nobody but the proxies that speak TLS (${proxies}) reach that port.`,
  ];
}
