// The queue of files: what a process left is taken up by the next, what fails is tried again, what was cut is collected.
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CarelakeError } from '../../../src/errors.js';
import { openMemoryRecords } from '../../../src/records/memory.js';
import { emptyHouse } from '../house.js';
import { audit, how, nothing, openPlace, type Place, take, waitingIn } from './queueing.js';

let folder: string;
let place: Place;
beforeEach(async () => {
  place = await openPlace();
  folder = await place.newSpool();
});
afterEach(() => place.close());

test('a file that a process left half landed is landed by the next one', async () => {
  const dead = place.queueOf(folder, () => new Promise(() => undefined));
  const { key } = await dead.add(await take(dead), { how, audit });
  const collection = place.uploads;
  const state = async () => (await collection.get(key))?.body.state;
  while ((await state()) !== 'landing') await new Promise(setImmediate);
  // As if the process had ended: its name is that of none that lives.
  const found = await collection.get(key);
  if (!found) throw new Error('It is gone.');
  const owner = `999999999-1-${found.body.owner?.split('-')[2]}-${'0'.repeat(12)}`;
  await collection.replace(key, found.revision, { ...found.body, owner });
  const landed: string[] = [];
  const next = place.queueOf(folder, async (path) => {
    landed.push(path);
    return nothing;
  });
  await next.start();
  expect((await next.settled(key, 10_000))?.body).toMatchObject({ state: 'landed', attempts: 2, owner: null });
  expect(landed).toEqual([join(folder, key, 'p.csv')]);
  expect(await waitingIn(folder)).toEqual([]);
  await next.close();
});

test('what is at work in a process that lives is left to it', async () => {
  const first = place.queueOf(folder, () => new Promise(() => undefined));
  const { key } = await first.add(await take(first), { how, audit });
  const collection = place.uploads;
  while ((await collection.get(key))?.body.state !== 'landing') await new Promise(setImmediate);
  const second = place.queueOf(folder, async () => nothing);
  await second.start();
  await second.close();
  expect((await collection.get(key))?.body).toMatchObject({ state: 'landing', attempts: 1 });
});

test('a file at fault is refused and goes; what is no fault of it waits and says why', async () => {
  const refusing = place.queueOf(folder, async () => {
    throw new CarelakeError('TABLE_UNKNOWN', 'no such table');
  });
  const refused = await refusing.add(await take(refusing), { how, audit });
  expect((await refusing.settled(refused.key, 10_000))?.body).toMatchObject({
    ...{ state: 'refused', error: { code: 'TABLE_UNKNOWN', message: 'no such table' } },
  });
  expect(await waitingIn(folder)).toEqual([]);
  await refusing.close();
  const full = place.queueOf(folder, async () => {
    throw new CarelakeError('LAKE_DISK_FULL', 'no space');
  });
  const waiting = await full.add(await take(full), { how, audit });
  expect(await full.settled(waiting.key, 10_000)).toBeUndefined();
  expect((await full.get(waiting.key)).body).toMatchObject({ state: 'waiting', error: { code: 'LAKE_DISK_FULL' } });
  expect(await waitingIn(folder)).toEqual([waiting.key]);
  await full.close();
  const mended = place.queueOf(folder, async () => nothing);
  await mended.start();
  expect((await mended.settled(waiting.key, 10_000))?.body).toMatchObject({ state: 'landed', error: null });
  await mended.close();
});

test('what was cut short, or nobody knows of, is collected once it is old', async () => {
  const queue = place.queueOf(folder, async () => nothing);
  await queue.settled(await queue.send(), 10_000);
  const old = new Date(Date.now() - 2 * 3_600_000);
  for (const name of ['cut.part', 'unknown', 'young', 'young.part']) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, 'p.csv'), 'a');
    if (!name.startsWith('young')) await utimes(join(folder, name), old, old);
  }
  // Other records, such as those of a database whose name is mistyped: what they do not know may be known to the right ones.
  const astray = place.queueOf(folder, async () => nothing, openMemoryRecords());
  await astray.start();
  await astray.close();
  expect(await waitingIn(folder)).toEqual(['unknown', 'young', 'young.part']);
  await queue.start();
  await queue.close();
  expect(await waitingIn(folder)).toEqual(['young', 'young.part']);
});

test('of a connection that ends in the middle of a file nothing stays', async () => {
  const house = await emptyHouse();
  const { server } = house;
  await server.listen({ port: 0, host: '127.0.0.1' });
  const { port } = server.server.address() as { port: number };
  const { folder: spool } = server.parts.landings;
  const names = () => waitingIn(spool);
  const socket = connect(port, '127.0.0.1');
  const head = [
    'POST /api/upload HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'Content-Type: multipart/form-data; boundary=b',
  ];
  socket.write(`${[...head, 'Content-Length: 100000'].join('\r\n')}\r\n\r\n`);
  socket.write('--b\r\nContent-Disposition: form-data; name="file"; filename="p.csv"\r\n\r\npatient_id,name\n');
  while ((await names()).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  socket.destroy();
  while ((await names()).length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(await house.get('/api/uploads')).toMatchObject({ count: 0 });
  await house.close();
});
