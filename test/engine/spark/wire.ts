// A wire to a server that a test can cut: it passes bytes on between a port of its own and the server's.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

export class Wire {
  readonly port: number;
  /** While it is down, whoever connects is cut off at once. */
  down = false;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
  }

  /** To a port of this machine. */
  static async to(port: number): Promise<Wire> {
    const server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const wire = new Wire(server);
    server.on('connection', (near: Socket) => wire.#join(near, port));
    return wire;
  }

  /** Cuts everything that is under way; returns how many connections that were. */
  cut(): number {
    const cut = this.#sockets.size / 2;
    for (const socket of this.#sockets) socket.destroy();
    return cut;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(near: Socket, port: number): void {
    if (this.down) {
      near.destroy();
      return;
    }
    const far = connect(port, '127.0.0.1');
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  }
}

/** A port of this machine at which nothing listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
