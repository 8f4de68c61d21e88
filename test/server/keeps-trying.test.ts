// Work that is due at the start is done once it can be: entries that wait get their run, files that wait land.
import Fastify from 'fastify';
import { afterEach, expect, test } from 'vitest';
import { CarelakeError } from '../../src/errors.js';
import { openMemoryLake } from '../../src/lake/memory.js';
import { openChanges } from '../../src/server/changes.js';
import { keepsTrying } from '../../src/server/keeps-trying.js';
import type { ServerParts } from '../../src/server/parts.js';
import { runsAfterWrites } from '../../src/server/runs/after-writes.js';
import { takesUploads } from '../../src/server/uploads/plugin.js';
import { nothing, openPlace, until } from './uploads/queueing.js';

const away = () => new CarelakeError('RECORDS_UNREACHABLE', 'The database is away.');

let app = Fastify();
afterEach(() => app.close());

/** A server of which only these parts are there. */
async function listening(parts: Partial<ServerParts>, use: (parts: ServerParts) => void): Promise<string[]> {
  const reported: string[] = [];
  app = Fastify();
  app.decorate('changes', openChanges());
  app.decorate('measures', { queue: () => undefined } as never);
  use({ lake: openMemoryLake(), report: (text: string) => reported.push(text), ...parts } as ServerParts);
  await app.listen({ port: 0, host: '127.0.0.1' });
  return reported;
}

test('a run begins for entries that waited at a start at which the database was away', async () => {
  let looks = 0;
  let runs = 0;
  const reported = await listening(
    {
      async pendingEntries() {
        looks += 1;
        if (looks <= 2) throw away();
        return 1;
      },
      runAfter: 0,
      async run() {
        runs += 1;
        return 'r1';
      },
    },
    (parts) => runsAfterWrites(app, parts),
  );
  await until(() => runs === 1);
  // The same failure is told of once.
  expect([looks, reported.length]).toEqual([3, 1]);
});

test('a file that waited at a start at which the database was away lands', async () => {
  const place = await openPlace();
  const folder = await place.newSpool();
  const stopped = place.queueOf(folder, () => new Promise(() => undefined));
  const key = await stopped.send();
  await until(async () => (await place.uploads.get(key))?.body.state === 'landing');
  const found = await place.uploads.get(key);
  const left = { ...found?.body, owner: 'of a process that is gone' } as never;
  await place.uploads.replace(key, found?.revision ?? 0, left);
  let looks = 0;
  const records = async () => {
    looks += 1;
    if (looks === 1) throw away();
    return place.records;
  };
  const landings = { folder, mostBytes: 1000, land: async () => nothing, tryOut: () => Promise.reject(away()) };
  await listening({ records, knownRecords: records, landings }, (parts) => takesUploads(app, parts));
  await until(async () => (await place.uploads.get(key))?.body.state === 'landed');
  await app.close();
  await place.close();
});

test('what no waiting mends is thrown, and nothing is tried after the end', async () => {
  const { signal } = new AbortController();
  const isPassing = () => false;
  await expect(
    keepsTrying(() => Promise.reject(away()), { signal, report: () => undefined, isPassing }),
  ).rejects.toThrow('away');
  const closing = new AbortController();
  let tries = 0;
  const work = async () => {
    tries += 1;
    closing.abort();
    throw away();
  };
  expect(await keepsTrying(work, { signal: closing.signal, report: () => undefined })).toBeUndefined();
  expect(tries).toBe(1);
});
