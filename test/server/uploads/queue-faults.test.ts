// The queue of files while the records fail: what was acknowledged lands all the same, and what was not leaves nothing.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CarelakeError } from '../../../src/errors.js';
import type { Collection } from '../../../src/records/documents.js';
import type { UploadBody } from '../../../src/server/uploads/upload.js';
import { audit, how, nothing, openPlace, type Place, take, until, waitingIn } from './queueing.js';

let place: Place;
let folder: string;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  place = await openPlace();
  folder = await place.newSpool();
});
afterEach(async () => {
  vi.useRealTimers();
  await place.close();
});

const full = () => new CarelakeError('RECORDS_FULL', 'The disk is full.');

/** The records, of which some methods are others. */
function recordsWith(own: Partial<Collection<UploadBody>>): Place['records'] {
  const { records, uploads } = place;
  const changed = { ...uploads, ...own } as Collection<UploadBody>;
  return { ...records, documents: { collection: () => changed as never } };
}

const stateOf = async (key: string) => (await place.uploads.get(key))?.body.state;

test('a file that could be neither landed nor put back is tried again by the same process', async () => {
  let isFull = true;
  let attempts = 0;
  const records = recordsWith({
    replace: async (key, revision, body) => {
      if (isFull && body.state !== 'landing') throw full();
      return place.uploads.replace(key, revision, body);
    },
  });
  const land = async () => {
    attempts += 1;
    if (isFull) throw new CarelakeError('LAKE_DISK_FULL', 'The disk is full.');
    return nothing;
  };
  const queue = place.queueOf(folder, land, records);
  const key = await queue.send();
  await until(() => queue.told.length > 0);
  expect([await stateOf(key), attempts]).toEqual(['landing', 1]);
  isFull = false;
  await vi.advanceTimersByTimeAsync(15_000);
  await until(() => queue.told.includes(key));
  expect([await stateOf(key), attempts]).toEqual(['landed', 2]);
  await queue.close();
  expect(await waitingIn(folder)).toEqual([]);
});

test('a file that has landed is told of though that could not be kept, and kept once it can be', async () => {
  let isFull = true;
  const records = recordsWith({
    replace: async (key, revision, body) => {
      if (isFull && body.state !== 'landing') throw full();
      return place.uploads.replace(key, revision, body);
    },
  });
  const queue = place.queueOf(folder, async () => nothing, records);
  const key = await queue.send();
  await until(() => queue.told.length > 1);
  expect(queue.told[0]).toBe(key);
  expect(await stateOf(key)).toBe('landing');
  expect(await waitingIn(folder)).toEqual([key]);
  isFull = false;
  await vi.advanceTimersByTimeAsync(15_000);
  await until(async () => (await stateOf(key)) === 'landed');
  await queue.close();
  expect(await waitingIn(folder)).toEqual([]);
});

test.each([
  ['though the records have taken it', true],
  ['and the records have not taken it', false],
])('a file whose arrival failed %s', async (_, isTaken) => {
  let isAway = true;
  const records = recordsWith({
    async insert(key, body) {
      if (isTaken) await place.uploads.insert(key, body);
      throw new CarelakeError('RECORDS_BUSY', 'No answer in time.');
    },
    async get(key) {
      if (isAway) throw new CarelakeError('RECORDS_BUSY', 'No answer in time.');
      return place.uploads.get(key);
    },
  });
  const queue = place.queueOf(folder, async () => nothing, records);
  const file = await take(queue);
  await expect(queue.add(file, { how, audit })).rejects.toThrow('No answer in time.');
  await until(() => queue.told.length > 0);
  expect(await waitingIn(folder)).toEqual([file.id]);
  isAway = false;
  await vi.advanceTimersByTimeAsync(15_000);
  await until(async () => (await waitingIn(folder)).length === 0);
  expect(await stateOf(file.id)).toBe(isTaken ? 'landed' : undefined);
  await queue.close();
});
