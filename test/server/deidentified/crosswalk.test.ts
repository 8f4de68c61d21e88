// The codes of de-identified rows, given by several servers of the same records at once.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openMongoRecords } from '../../../src/records/mongo/open.js';
import { openSqliteRecords } from '../../../src/records/sqlite/open.js';
import { openCrosswalk } from '../../../src/server/deidentified/crosswalk.js';
import { dropDatabase, hasMongo, newDatabase, uri } from '../../records/mongo-server.js';

for (const driver of ['sqlite', 'mongodb'] as const) {
  const lacks = driver === 'mongodb' && !hasMongo;
  describe.skipIf(lacks)(`in records of ${driver} that two processes share (CARELAKE_TEST_MONGO)`, () => {
    test('codes that both give at the same time are one for each place', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'carelake-crosswalk-'));
      const database = newDatabase();
      const open = () =>
        driver === 'sqlite'
          ? openSqliteRecords({ file: join(folder, 'records.sqlite'), workspace: 'default' })
          : openMongoRecords({ uri, database, workspace: 'default' });
      const both = await Promise.all([open(), open()]);
      const [one, two] = await Promise.all(both.map((own) => openCrosswalk(async () => own)()));
      expect(one?.salt).toBe(two?.salt);
      const places = Array.from({ length: 300 }, (_, n) => `place ${n}`);
      const [first, second] = await Promise.all([one?.codesOf(places), two?.codesOf(places.toReversed())]);
      expect(Object.fromEntries(second ?? [])).toEqual(Object.fromEntries(first ?? []));
      expect(new Set(first?.values()).size).toBe(300);
      expect(await two?.placeOf(first?.get('place 7') ?? '')).toBe('place 7');
      for (const own of both) await own.close();
      if (driver === 'mongodb') await dropDatabase(database);
      await rm(folder, { recursive: true });
    });
  });
}
