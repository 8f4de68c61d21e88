// What a connection is held to: heads that are too large or no head at all, bodies that do not come, and how many there are.
import { EventEmitter, once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { networkSettings } from '../../../src/config/network.js';
import { refusesSlowBodies } from '../../../src/server/plugins/slow-bodies.js';
import { boundsConnections } from '../../../src/server/wire.js';
import { emptyHouse, type House } from '../house.js';

let house: House;
beforeAll(async () => {
  house = await emptyHouse();
  await house.server.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => house.close());

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** All that comes back until the server closes. */
async function raw(text: string, port = portOf(house.server.server)): Promise<{ head: string; body: string }> {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  socket.write(text);
  await once(socket, 'close');
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  return { head, body };
}

test.each([
  [
    'a head of more than 16 KiB',
    `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
    431,
    'REQUEST_HEAD_TOO_LARGE',
  ],
  ['what is no HTTP', 'ready?\r\n\r\n', 400, 'REQUEST_BROKEN'],
  ['the greeting of TLS', '\u0016\u0003\u0001\u0002\u0000\u0001', 400, 'REQUEST_BROKEN'],
  [
    'two lengths of one body',
    'POST /api/patient HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}',
    400,
    'REQUEST_BROKEN',
  ],
])('%s is a problem like every other, and the end of the connection', async (_, text, status, code) => {
  const { head, body } = await raw(text);
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(head).toContain('application/problem+json');
  expect(JSON.parse(body)).toMatchObject({ success: false, status, code });
  expect(body).not.toMatch(/node:|node_modules|\.js:/);
});

describe('a body that does not come', () => {
  const app = Fastify();
  beforeAll(async () => {
    refusesSlowBodies(app, 150, 150);
    app.post('/short', async () => ({ done: true }));
    app.addContentTypeParser('text/long', (_request, payload, done) => {
      let bytes = 0;
      payload.on('data', (part) => {
        bytes += part.length;
      });
      payload.once('end', () => done(null, bytes));
    });
    app.post('/long', { config: { body: 'long' } }, async ({ body }) => ({ bytes: body }));
    await app.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(() => app.close());

  const begin = (path: string, type: string) =>
    `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${type}\r\nContent-Length: 20\r\nConnection: close\r\n\r\n`;

  test.each([
    ['/short', 'application/json', '{"a":'],
    ['/long', 'text/long', '12345'],
  ])('is the end of a request to %s, by a code', async (path, type, part) => {
    const { head, body } = await raw(begin(path, type) + part, portOf(app.server));
    expect(head).toMatch(/^HTTP\/1.1 408 /);
    expect(JSON.parse(body)).toMatchObject({ code: 'REQUEST_TIMEOUT' });
  });

  test('is waited for where it may be long, for as long as it goes on', async () => {
    const socket = connect(portOf(app.server), '127.0.0.1').setEncoding('utf8');
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.write(begin('/long', 'text/long'));
    const parts = setInterval(() => socket.write('12345'), 100);
    setTimeout(() => clearInterval(parts), 450);
    await once(socket, 'close');
    expect(answer).toMatch(/^HTTP\/1.1 200 /);
    expect(answer).toContain('{"bytes":20}');
  });
});

describe('connections', () => {
  class Line extends EventEmitter {
    ended = false;
    readonly remoteAddress: string;
    constructor(remoteAddress: string) {
      super();
      this.remoteAddress = remoteAddress;
    }
    destroy(): void {
      this.ended = true;
      this.emit('close');
    }
  }
  const defaults = Object.fromEntries(
    Object.entries(networkSettings).map(([key, setting]) => [key, setting.default('', {}, () => undefined)]),
  ) as never;

  test('of one other machine are bounded; this one and trusted proxies may hold any', () => {
    const server = new EventEmitter() as Server;
    boundsConnections(server, {
      ...(defaults as object),
      connectionsAddress: 2,
      trustedProxies: ['10.0.0.0/8'],
    } as never);
    const open = (address: string): Line => {
      const line = new Line(address);
      server.emit('connection', line);
      return line;
    };
    const [first, ...others] = Array.from({ length: 4 }, () => open('203.0.113.1'));
    expect([first, ...others].map((line) => line?.ended)).toEqual([false, false, true, true]);
    expect(open('203.0.113.2').ended).toBe(false);
    first?.destroy();
    expect([open('203.0.113.1').ended, open('203.0.113.1').ended]).toEqual([false, true]);
    for (const address of ['127.0.0.1', '::1', '10.2.3.4']) {
      expect(Array.from({ length: 4 }, () => open(address).ended)).toEqual([false, false, false, false]);
    }
  });
});
