// Stands between a program and a server of MongoDB's protocol: holds answers back, or refuses writes as a MongoDB whose disk is
// full does.
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { BSON } from 'mongodb';

export interface MongoProxy {
  readonly uri: string;
  /** How long each answer is held back, in milliseconds. */
  delay: number;
  isFull: boolean;
  close(): void;
}

/** @param port Where the server listens on this machine. */
export async function startProxy(port: number): Promise<MongoProxy> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  };
  const listener = createServer((client) => {
    const server = keep(connect(port, '127.0.0.1'));
    keep(client).on('close', () => server.destroy());
    server.on('close', () => client.destroy());
    server.on('data', (chunk) => setTimeout(() => client.destroyed || client.write(chunk), proxy.delay));
    let bytes = Buffer.alloc(0);
    client.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      while (bytes.length >= 4 && bytes.length >= bytes.readInt32LE(0)) {
        const message = bytes.subarray(0, bytes.readInt32LE(0));
        bytes = bytes.subarray(message.length);
        if (proxy.isFull && isWrite(message)) client.write(fullDisk(message.readInt32LE(4)));
        else server.write(message);
      }
    });
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const proxy: MongoProxy = {
    uri: `mongodb://127.0.0.1:${(listener.address() as { port: number }).port}`,
    delay: 0,
    isFull: false,
    close() {
      listener.close();
      for (const socket of sockets) socket.destroy();
    },
  };
  return proxy;
}

/** OP_MSG: a head of 16 bytes, 4 of flags, then sections, of which the driver sends that of the command first. */
const opMsg = 2013;
const writes = new Set(['insert', 'update', 'delete', 'findAndModify']);

function isWrite(message: Buffer): boolean {
  if (message.readInt32LE(12) !== opMsg || message[20] !== 0) return false;
  const length = message.readInt32LE(21);
  const [command = ''] = Object.keys(BSON.deserialize(message.subarray(21, 21 + length)));
  return writes.has(command);
}

/** Error 14031 of MongoDB's error_codes.yml. */
function fullDisk(request: number): Buffer {
  const said = 'available disk space of 10 bytes is less than required minimum of 500';
  const body = BSON.serialize({ ok: 0, errmsg: said, code: 14_031, codeName: 'OutOfDiskSpace' });
  const head = Buffer.alloc(21);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(request, 8);
  head.writeInt32LE(opMsg, 12);
  return Buffer.concat([head, body]);
}
