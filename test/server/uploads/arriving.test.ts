// What an archive says of itself while it arrives: who sends one that is refused hears so before it is whole.
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readBatches } from '../../../src/pipeline/batch.js';
import { emptyHouse, type House } from '../house.js';
import { waitingIn } from './queueing.js';
import { descriptor, localHeader } from './zip-bytes.js';

let house: House;
beforeAll(async () => {
  house = await emptyHouse({ uploadLimit: 50_000_000 });
  await house.server.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  expect(await waitingIn(house.server.parts.landings.folder)).toEqual([]);
  expect(await readBatches(house.workspace.lake)).toEqual([]);
  expect(house.reported).toEqual([]);
  await house.close();
});

/** What is answered though only `start` was sent of a form that is announced to be longer by `missing` bytes. */
async function answerTo(name: string, start: Buffer, missing: number): Promise<string> {
  const { port } = house.server.server.address() as { port: number };
  const part = `--b\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n\r\n`;
  const length = Buffer.byteLength(part) + start.length + missing;
  const socket = connect(port, '127.0.0.1');
  try {
    socket.write(
      `POST /api/upload HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: ${length}\r\n\r\n${part}`,
    );
    socket.write(start);
    let answer = '';
    for await (const data of socket) {
      answer += data;
      if (answer.includes('"code"')) break;
    }
    return answer;
  } finally {
    socket.destroy();
  }
}

const header = 'patient_id,name,age,gender\n';
const honest = Buffer.concat([localHeader('patients.csv', { stored: header.length }), Buffer.from(header)]);
const unsized = (name: string, content: string, inflated = content.length) =>
  Buffer.concat([localHeader(name, { sizesFollow: true }), Buffer.from(content), descriptor(content.length, inflated)]);

test.each([
  ['a name that leads out of it', [honest, localHeader('../visits.csv')], 'ARCHIVE_UNSAFE_NAME', '../visits.csv'],
  [
    'such a name behind a member whose size follows it',
    [unsized('patients.csv', header), localHeader('../visits.csv')],
    'ARCHIVE_UNSAFE_NAME',
    '../visits.csv',
  ],
  ['a name longer than a disk takes', [localHeader('a'.repeat(1001))], 'ARCHIVE_UNSAFE_NAME', 'more than 1000 bytes'],
  ['a member that is encrypted', [honest, localHeader('v.csv', { encrypted: true })], 'ARCHIVE_ENCRYPTED', 'v.csv'],
  [
    'a member that inflates beyond all measure',
    [honest, localHeader('v.csv', { stored: 1000, inflated: 150_000_000 })],
    'ARCHIVE_BOMB',
    'v.csv: 1000 bytes inflate to 150000000',
  ],
  [
    'the same of more than 4 GiB',
    [honest, localHeader('v.csv', { stored: 1000, inflated: 5_000_000_000 })],
    'ARCHIVE_BOMB',
    'v.csv: 1000 bytes inflate to 5000000000',
  ],
  [
    'the same, with its size behind it',
    [unsized('v.csv', header, 150_000_000), localHeader('p.csv')],
    'ARCHIVE_BOMB',
    'v.csv: 27 bytes inflate to 150000000',
  ],
  [
    'members that inflate beyond all measure together',
    Array.from({ length: 5 }, (_, n) => [
      localHeader(`${n}.csv`, { stored: 9, inflated: 9e7 }),
      Buffer.alloc(9),
    ]).flat(),
    'ARCHIVE_BOMB',
    'bytes inflate to 360000000',
  ],
  [
    'more members than are read',
    [Buffer.concat(Array.from({ length: 10_001 }, (_, n) => localHeader(`${n}.csv`)))],
    'ARCHIVE_TOO_MANY_FILES',
    '10,000',
  ],
])('a zip with %s is refused as soon as that has come', async (_, pieces, code, text) => {
  const answer = await answerTo('some.zip', Buffer.concat(pieces), 1_500_000);
  expect(answer).toContain('HTTP/1.1 422');
  expect(answer).toContain(`"code":"${code}"`);
  expect(answer).toContain(text);
});

test('a gzip out of which too much comes is refused before it is whole', async () => {
  const bomb = gzipSync(Buffer.alloc(200_000_000, 'a'));
  const answer = await answerTo('patients.csv.gz', bomb.subarray(0, 150_000), 200_000);
  expect(answer).toContain('HTTP/1.1 422');
  expect(answer).toContain('"code":"ARCHIVE_BOMB"');
});

test('a form that is announced to be larger than a file may be is refused before the file comes', async () => {
  const answer = await answerTo('patients.csv', Buffer.from(header), 60_000_000);
  expect(answer).toContain('HTTP/1.1 413');
  expect(answer).toContain('"code":"UPLOAD_TOO_LARGE"');
});
