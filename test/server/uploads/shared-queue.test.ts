// Several servers on one workspace: each lands what lies in its own spool, and leaves to the others what lies in theirs.
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { audit, held, how, type Land, nothing, openPlace, type Place, take, until, waitingIn } from './queueing.js';

let place: Place;
beforeEach(async () => {
  place = await openPlace();
});
afterEach(() => place.close());

const never: Land = () => Promise.reject(new Error('It lands what is not its own.'));

/** The owner of a document becomes a process of another machine. */
async function fromElsewhere(key: string): Promise<void> {
  const found = await place.uploads.get(key);
  const owner = `1-1-${'f'.repeat(12)}-${'0'.repeat(12)}`;
  await place.uploads.replace(key, found?.revision ?? 0, { ...found?.body, owner } as never);
}

test('what lies in the spool of another server is left to it, waiting or half landed', async () => {
  const [mine, theirs] = [await place.newSpool(), await place.newSpool()];
  const slow = held();
  const other = place.queueOf(theirs, slow.land);
  const landing = await other.send();
  await until(() => slow.paths.length === 1);
  const waiting = await other.send();
  await fromElsewhere(landing);
  const before = await place.uploads.list({ limit: 10 });
  const own = place.queueOf(mine, async (path) => (path.startsWith(mine) ? nothing : never(path, how, 'ann')));
  await own.start();
  const sent = await own.send();
  expect((await own.settled(sent, 10_000))?.body.state).toBe('landed');
  await own.close();
  expect((await place.uploads.list({ limit: 10 })).filter(({ key }) => key !== sent)).toEqual(before);
  slow.letGo();
  expect((await other.settled(waiting, 10_000))?.body).toMatchObject({ state: 'landed', attempts: 1 });
  expect(slow.paths.map((path) => existsSync(path))).toEqual([true, false]);
  await other.close();
});

test('the next server on the same spool takes up what waits there', async () => {
  const folder = await place.newSpool();
  const stopped = held();
  const first = place.queueOf(folder, stopped.land);
  const landing = await first.send();
  await until(() => stopped.paths.length === 1);
  const waiting = await first.send();
  await fromElsewhere(landing);
  const second = place.queueOf(folder, async () => nothing);
  await second.start();
  for (const key of [landing, waiting]) expect((await second.settled(key, 10_000))?.body.state).toBe('landed');
  expect(await waitingIn(folder)).toEqual([]);
  await second.close();
  stopped.letGo();
  await first.close();
  expect((await place.uploads.get(landing))?.body).toMatchObject({ state: 'landed', attempts: 2 });
});

test('a server that lost a file to another one on the same spool does not take it away from under it', async () => {
  const folder = await place.newSpool();
  const [early, late] = [held(), held()];
  const first = place.queueOf(folder, early.land);
  const key = await first.send();
  await until(() => early.paths.length === 1);
  await fromElsewhere(key);
  const second = place.queueOf(folder, late.land);
  await second.start();
  await until(() => late.paths.length === 1);
  early.letGo();
  await first.close();
  expect(await waitingIn(folder)).toEqual([key]);
  expect((await place.uploads.get(key))?.body.state).toBe('landing');
  late.letGo();
  await second.close();
  expect((await place.uploads.get(key))?.body.state).toBe('landed');
  expect(await waitingIn(folder)).toEqual([]);
});

test('two servers that begin at once on one folder give it one name', async () => {
  const folder = await place.newSpool();
  const queues = Array.from({ length: 8 }, () => place.queueOf(folder, async () => nothing));
  const taken = await Promise.all(queues.map((queue) => take(queue)));
  expect(new Set(taken.map(({ spool }) => spool)).size).toBe(1);
});

test('a file that is gone from its own spool is given up with a code that says so', async () => {
  const folder = await place.newSpool();
  const queue = place.queueOf(folder, never);
  const file = await take(queue);
  await rm(join(folder, file.id), { recursive: true });
  const { key } = await queue.add(file, { how, audit });
  expect((await queue.settled(key, 10_000))?.body).toMatchObject({ state: 'failed', error: { code: 'UPLOAD_LOST' } });
  await queue.close();
});

test('of a version that named no spools, what lies here is landed, and what lies elsewhere is left', async () => {
  const folder = await place.newSpool();
  const queue = place.queueOf(folder, async () => nothing);
  const file = await take(queue);
  const old = {
    ...{ file: file.name, bytes: file.bytes, sha256: file.sha256, how, audit, received_at: '2026-01-01T00:00:00.000Z' },
    ...{ state: 'waiting', owner: null, attempts: 0, finished_at: null, files: [], skipped: [], unread: {} },
    ...{ warnings: [], error: null },
  } as never;
  for (const key of ['20250101T000000000Z-elsewhere', file.id]) await place.uploads.insert(key, old);
  await queue.start();
  expect((await queue.settled(file.id, 10_000))?.body.state).toBe('landed');
  await queue.close();
  expect((await place.uploads.get('20250101T000000000Z-elsewhere'))?.body).toMatchObject({
    state: 'waiting',
    attempts: 0,
  });
});
