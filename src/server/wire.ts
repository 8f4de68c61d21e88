// What a connection is held to before a request is understood: how long and how large its head may be, and who may hold how
// many. What the head says is judged by the plugins.
import { type Server, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { NetworkConfig } from '../config/network.js';
import { CarelakeError, type ErrorCode } from '../errors.js';
import { isOwnAddress, lyingIn } from './addresses.js';
import { problemOf, problemType } from './problem.js';

/** Of http and https alike: heads that come drop by drop are given up (slowloris). Sizes in bytes, times in milliseconds. */
export const wireOptions = {
  maxHeaderSize: 16 * 2 ** 10,
  headersTimeout: 15_000,
  connectionsCheckingInterval: 5000,
} as const;

export const patience = {
  /** Of a whole request; none, for an upload may take long as long as it goes on: plugins/slow-bodies.ts. */
  requestTimeout: 0,
  /** More than the minute after which proxies let go, so that none sends into a connection that is about to close. */
  keepAliveTimeout: 72_000,
  /** Of a connection on which nothing moves, neither way. */
  connectionTimeout: 300_000,
} as const;

/** Closes connections that are too many, of all or of one other machine. */
export function boundsConnections(server: Server, network: NetworkConfig): void {
  server.maxConnections = network.connections;
  const isProxy = lyingIn(network.trustedProxies);
  const held = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const { remoteAddress: address } = socket;
    if (address === undefined || isOwnAddress(address) || isProxy(address)) return;
    const count = (held.get(address) ?? 0) + 1;
    if (count > network.connectionsAddress) {
      socket.destroy();
      return;
    }
    held.set(address, count);
    socket.once('close', () => {
      const left = (held.get(address) ?? 1) - 1;
      if (left > 0) held.set(address, left);
      else held.delete(address);
    });
  });
}

const codes: Readonly<Record<string, ErrorCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
  HPE_HEADER_OVERFLOW: 'REQUEST_HEAD_TOO_LARGE',
};

/** Answers what is no request that could be handed on, and closes the connection. */
export function answerBrokenRequest(error: { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (socket.writable) socket.end(rawProblem(codes[error.code ?? ''] ?? 'REQUEST_BROKEN'));
  socket.destroySoon();
}

/** An answer in full, for where there is nothing yet, or no longer, that could send one. */
export function rawProblem(code: ErrorCode): string {
  const problem = problemOf(new CarelakeError(code, 'The connection is closed.'));
  const body = JSON.stringify(problem);
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    `Content-Type: ${problemType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
