// A form that cannot be read is the fault of whoever sent it.
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { emptyHouse } from '../house.js';

test.each([
  ['without a boundary', 'multipart/form-data', '', 415, 'REQUEST_MEDIA_TYPE'],
  [
    'that ends in its middle',
    'multipart/form-data; boundary=x',
    '--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\na',
    400,
    'REQUEST_INVALID',
  ],
  ['without parts', 'multipart/form-data; boundary=x', 'nothing', 400, 'REQUEST_INVALID'],
])('a form %s is refused, and reported by nobody', async (_, type, payload, status, code) => {
  const house = await emptyHouse();
  try {
    const headers = { 'content-type': type };
    const answer = await house.server.inject({ method: 'POST', url: '/api/upload?dry_run=true', headers, payload });
    expect([answer.statusCode, JSON.parse(answer.body).code]).toEqual([status, code]);
    expect(house.reported).toEqual([]);
  } finally {
    await house.close();
  }
});

/** What would be waited for before a process may end. */
const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

test('who is refused in the middle of a file is told so, and may send the rest, which nobody keeps', async () => {
  const house = await emptyHouse({ uploadLimit: 50_000_000 });
  await house.server.listen({ port: 0, host: '127.0.0.1' });
  const { port } = house.server.server.address() as { port: number };
  const socket = connect(port, '127.0.0.1');
  try {
    let answer = '';
    socket.on('data', (data) => {
      answer += data;
    });
    const send = promisify<string | Buffer, void>((data, done) => socket.write(data, (error) => done(error ?? null)));
    const length = 30 * 2 ** 20;
    await send(
      `POST /api/upload HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: ${length + 500}\r\n\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="text.zip"\r\n\r\nno zip`,
    );
    while (!answer.includes('UPLOAD_TYPE')) await new Promise(setImmediate);
    expect(answer).toContain('HTTP/1.1 415');
    // More than waits in a network's buffers: it goes only where somebody reads it.
    await send(Buffer.alloc(length));
    const before = timers();
    socket.destroy();
    // Nobody watches it any more.
    while (timers() >= before) await new Promise((resolve) => setImmediate(resolve));
  } finally {
    socket.destroy();
    await house.close();
  }
});
