// The queue of files: what a process left is taken up by the next, what fails is tried again, what was cut is collected.
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CarelakeError } from '../../../src/errors.js';
import { openMemoryRecords } from '../../../src/records/memory.js';
import type { Landings } from '../../../src/server/uploads/landing.js';
import { openUploadQueue, type UploadQueue } from '../../../src/server/uploads/queue.js';
import { uploadCollection } from '../../../src/server/uploads/upload.js';
import { openWorkspace, type Workspace } from '../../pipeline/harness.js';
import { emptyHouse } from '../house.js';

let folder: string;
let workspace: Workspace;
const records = () => openMemoryRecords();
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carelake-uploads-'));
  workspace = await openWorkspace();
});
afterEach(async () => {
  await workspace.close();
  await rm(folder, { recursive: true });
});

const audit = { by: 'ann', from: '127.0.0.1', request: null };
const nothing = { batches: [], skipped: [], unread: {}, warnings: [] };

function queueOf(own: ReturnType<typeof records>, land: Landings['land']): UploadQueue & { told: string[] } {
  const told: string[] = [];
  const landings: Landings = { folder, mostBytes: 1000, land, tryOut: () => Promise.reject(new Error('no')) };
  const queue = openUploadQueue({
    ...{ lake: workspace.lake, landings, records: async () => own },
    landed: (id) => told.push(id),
    report: (text) => told.push(text),
  });
  return { ...queue, told };
}

const take = (queue: UploadQueue) => queue.spool.take(queue.newId(), 'p.csv', Readable.from([Buffer.from('a,b\n')]));

test('a file that a process left half landed is landed by the next one', async () => {
  const own = records();
  const dead = queueOf(own, () => new Promise(() => undefined));
  const { key } = await dead.add(await take(dead), { how: { mode: 'upsert' }, audit });
  const collection = own.documents.collection(uploadCollection);
  const state = async () => (await collection.get(key))?.body.state;
  while ((await state()) !== 'landing') await new Promise(setImmediate);
  // As if the process had ended: its name is that of none that lives.
  const found = await collection.get(key);
  if (!found) throw new Error('It is gone.');
  const owner = `999999999-1-${found.body.owner?.split('-')[2]}-${'0'.repeat(12)}`;
  await collection.replace(key, found.revision, { ...found.body, owner });
  const landed: string[] = [];
  const next = queueOf(own, async (path) => {
    landed.push(path);
    return nothing;
  });
  await next.start();
  expect((await next.settled(key, 10_000))?.body).toMatchObject({ state: 'landed', attempts: 2, owner: null });
  expect(landed).toEqual([join(folder, key, 'p.csv')]);
  expect(await readdir(folder)).toEqual([]);
  await next.close();
});

test('what is at work in a process that lives is left to it', async () => {
  const own = records();
  const first = queueOf(own, () => new Promise(() => undefined));
  const { key } = await first.add(await take(first), { how: { mode: 'upsert' }, audit });
  const collection = own.documents.collection(uploadCollection);
  while ((await collection.get(key))?.body.state !== 'landing') await new Promise(setImmediate);
  const second = queueOf(own, async () => nothing);
  await second.start();
  await second.close();
  expect((await collection.get(key))?.body).toMatchObject({ state: 'landing', attempts: 1 });
});

test('a file at fault is refused and goes; what is no fault of it waits and says why', async () => {
  const own = records();
  const refusing = queueOf(own, async () => {
    throw new CarelakeError('TABLE_UNKNOWN', 'no such table');
  });
  const refused = await refusing.add(await take(refusing), { how: { mode: 'upsert' }, audit });
  expect((await refusing.settled(refused.key, 10_000))?.body).toMatchObject({
    ...{ state: 'refused', error: { code: 'TABLE_UNKNOWN', message: 'no such table' } },
  });
  expect(await readdir(folder)).toEqual([]);
  await refusing.close();
  const full = queueOf(own, async () => {
    throw new CarelakeError('LAKE_DISK_FULL', 'no space');
  });
  const waiting = await full.add(await take(full), { how: { mode: 'upsert' }, audit });
  expect(await full.settled(waiting.key, 10_000)).toBeUndefined();
  expect((await full.get(waiting.key)).body).toMatchObject({ state: 'waiting', error: { code: 'LAKE_DISK_FULL' } });
  expect(await readdir(folder)).toEqual([waiting.key]);
  await full.close();
  const mended = queueOf(own, async () => nothing);
  await mended.start();
  expect((await mended.settled(waiting.key, 10_000))?.body).toMatchObject({ state: 'landed', error: null });
  await mended.close();
});

test('what was cut short, or nobody knows of, is collected once it is old', async () => {
  const own = records();
  const queue = queueOf(own, async () => nothing);
  const old = new Date(Date.now() - 2 * 3_600_000);
  for (const name of ['cut.part', 'unknown', 'young', 'young.part']) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, 'p.csv'), 'a');
    if (!name.startsWith('young')) await utimes(join(folder, name), old, old);
  }
  await queue.start();
  await queue.close();
  expect((await readdir(folder)).sort()).toEqual(['young', 'young.part']);
});

test('of a connection that ends in the middle of a file nothing stays', async () => {
  const house = await emptyHouse();
  const { server } = house;
  await server.listen({ port: 0, host: '127.0.0.1' });
  const { port } = server.server.address() as { port: number };
  const { folder: place } = server.parts.landings;
  const names = () => readdir(place).catch(() => []);
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
