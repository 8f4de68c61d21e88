// A proxy before an S3 server that fails on demand: it cuts connections, answers in the server's place or stands still.
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
}

/** What becomes of one request; `pass` where nothing is said. Bytes count those of the body. */
export type Fault =
  | { readonly kind: 'pass' }
  /** The server is never asked. */
  | { readonly kind: 'answer'; readonly status: number; readonly code: string; readonly date?: Date }
  /** The server does what it is asked, and the answer is lost. */
  | { readonly kind: 'lose answer' }
  | { readonly kind: 'cut request'; readonly after: number }
  | { readonly kind: 'cut answer'; readonly after: number }
  | { readonly kind: 'stall answer'; readonly after: number };

export class FaultProxy {
  readonly seen: Seen[] = [];
  /** Decides for each request; replaced by the tests. */
  decide: (seen: Seen) => Fault = () => ({ kind: 'pass' });
  readonly endpoint: string;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async before(target: string): Promise<FaultProxy> {
    const server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const proxy = new FaultProxy(server);
    server.on('request', (from: IncomingMessage, to: ServerResponse) => proxy.#serve(target, from, to));
    return proxy;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #serve(target: string, from: IncomingMessage, to: ServerResponse): void {
    const { method = '', url = '', headers } = from;
    const seen = { method, path: url, headers };
    this.seen.push(seen);
    const fault = this.decide(seen);
    const cut = (): void => {
      from.socket.destroy();
    };
    if (fault.kind === 'cut request' && fault.after === 0) {
      cut();
      return;
    }
    if (fault.kind === 'answer') {
      from.resume();
      from.on('end', () => answer(to, fault));
      return;
    }
    const { hostname, port } = new URL(target);
    // The headers as they came: the signature covers the host that the client named.
    const forward = request({ hostname, port, method, path: url, headers, agent: false });
    forward.on('error', cut);
    from.on('error', () => forward.destroy());
    if (fault.kind === 'cut request') {
      let bytes = 0;
      from.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes < fault.after) return;
        forward.destroy();
        cut();
      });
    }
    from.pipe(forward);
    forward.on('response', (response) => {
      if (fault.kind === 'lose answer') {
        response.resume();
        response.on('end', cut);
        return;
      }
      to.writeHead(response.statusCode ?? 502, response.headers);
      if (fault.kind === 'pass' || fault.kind === 'cut request') {
        response.pipe(to);
        return;
      }
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        const left = fault.after - bytes;
        bytes += chunk.length;
        if (bytes < fault.after) {
          to.write(chunk);
          return;
        }
        if (left <= 0) return;
        to.write(chunk.subarray(0, left), () => {
          if (fault.kind === 'cut answer') cut();
        });
      });
      if (fault.kind === 'cut answer') response.on('end', () => bytes < fault.after && to.end());
    });
  }
}

function answer(to: ServerResponse, { status, code, date }: Extract<Fault, { kind: 'answer' }>): void {
  const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>By the test</Message></Error>`;
  to.sendDate = date === undefined;
  if (date) to.setHeader('date', date.toUTCString());
  to.writeHead(status, { 'content-type': 'application/xml' });
  to.end(body);
}

/** The first so many requests that match get the fault, all others pass. */
export function atFirst(times: number, fault: Fault, matches: (seen: Seen) => boolean = () => true) {
  let left = times;
  return (seen: Seen): Fault => (matches(seen) && left-- > 0 ? fault : { kind: 'pass' });
}
