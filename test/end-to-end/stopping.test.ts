// How carelake serve stops: what it took is answered, nothing new is begun, and a second signal is the end.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Place } from './place.js';
import { ask, type Server, startServer } from './server.js';

let place: Place;
beforeAll(async () => {
  place = await Place.make();
});
afterAll(() => place.remove());

const patient = (id: string) => JSON.stringify({ patient_id: id, name: 'Ann', age: 50, gender: 'Female' });

interface Line {
  readonly socket: Socket;
  /** All that has come. */
  answer(): string;
}

async function lineTo({ url }: Server): Promise<Line> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).setEncoding('utf8');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return { socket, answer: () => answer };
}

/** A write of which half has come. */
async function begun(server: Server, body: string): Promise<Line> {
  const line = await lineTo(server);
  const head = `POST /api/patient HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n`;
  // The answer to the head tells that the server has begun with it.
  line.socket.write(`${head}Expect: 100-continue\r\n\r\n`);
  await once(line.socket, 'data');
  line.socket.write(body.slice(0, 10));
  return line;
}

test('a write that was taken is answered and kept; others are told to come back; then it ends well', async () => {
  const server = await startServer(place);
  const body = patient('P1');
  const taken = await begun(server, body);
  const idle = await lineTo(server);
  idle.socket.write('GET /api/errors HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await once(idle.socket, 'data');
  server.process.kill('SIGTERM');
  await once(idle.socket, 'close');
  taken.socket.write(body.slice(10));
  await once(taken.socket, 'close');
  expect(taken.answer()).toMatch(/HTTP\/1.1 201 /);
  expect(taken.answer().toLowerCase()).toContain('connection: close');
  await expect(fetch(server.url)).rejects.toThrow();
  expect(await server.end).toMatchObject({ code: 0, signal: null });
  const again = await startServer(place);
  expect((await ask(`${again.url}/api/patients/P1`)).status).toBe(200);
  again.process.kill('SIGTERM');
  expect((await again.end).code).toBe(0);
});

test('a request that comes on a connection which is still busy is told that the server stops', async () => {
  const server = await startServer(place);
  const taken = await begun(server, patient('P2'));
  server.process.kill('SIGTERM');
  await expect.poll(() => fetch(server.url).then(Boolean, () => false)).toBe(false);
  taken.socket.write(`${patient('P2').slice(10)}GET /api/errors HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  await once(taken.socket, 'close');
  expect(taken.answer()).toMatch(/HTTP\/1.1 201 /);
  expect(taken.answer()).not.toMatch(/HTTP\/1.1 200 /);
  expect((await server.end).code).toBe(0);
});

test('a connection on which nothing was asked yet holds nothing up', async () => {
  const server = await startServer(place);
  const { socket } = await lineTo(server);
  server.process.kill('SIGTERM');
  const [[gone]] = await Promise.all([once(socket, 'close'), server.end]);
  expect(gone).toBe(false);
  expect((await server.end).code).toBe(0);
});

test('a second signal ends it at once, though somebody is still sending', async () => {
  const server = await startServer(place);
  const taken = await begun(server, patient('P3'));
  server.process.kill('SIGTERM');
  await expect.poll(() => fetch(server.url).then(Boolean, () => false)).toBe(false);
  server.process.kill('SIGTERM');
  expect(await server.end).toMatchObject({ code: null, signal: 'SIGTERM' });
  taken.socket.destroy();
  const again = await startServer(place);
  // 409 where no other test has typed anything yet.
  expect([404, 409]).toContain((await ask(`${again.url}/api/patients/P3`)).status);
  again.process.kill('SIGTERM');
  await again.end;
});
