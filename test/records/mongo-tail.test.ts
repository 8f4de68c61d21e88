// What the log of entries in MongoDB remembers of itself, when others change what is there.
import { MongoClient } from 'mongodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openMongoRecords } from '../../src/records/mongo/open.js';
import type { Records } from '../../src/records/records.js';
import { all, written } from '../contracts/written.js';
import { dropDatabase, hasMongo, newDatabase, uri } from './mongo-server.js';

describe.skipIf(!hasMongo)('on a server of MongoDB (CARELAKE_TEST_MONGO) the end of the log', () => {
  let database: string;
  let records: Records;
  let other: Records;
  const open = () => openMongoRecords({ uri, database, workspace: 'default' });
  beforeEach(async () => {
    database = newDatabase();
    records = await open();
    other = await open();
  });
  afterEach(async () => {
    await records.close();
    await other.close();
    await dropDatabase(database);
  });
  const keysAfter = async (from: Records, after: number) => (await all(from.entries.read(after))).map(({ key }) => key);

  test('is seen by who has it open when another has written many, in their order', async () => {
    await records.entries.append(written('first', { age: 1 }));
    expect((await other.entries.end()).sequence).toBe(1);
    const keys = Array.from({ length: 700 }, (_, index) => `P${index}`);
    await Promise.all(keys.map((key) => records.entries.append(written(key, { age: 1 }))));
    expect((await other.entries.end()).sequence).toBe(701);
    const seen = await keysAfter(other, 1);
    expect([...seen].sort()).toEqual([...keys].sort());
    expect(await keysAfter(records, 1)).toEqual(seen);
    expect(await keysAfter(records, 690)).toEqual(seen.slice(689));
  });

  test('is that of the log which is there, where it was replaced by another of the same length', async () => {
    await records.entries.append(written('old', { age: 1 }));
    const before = await records.entries.end();
    const client = new MongoClient(uri);
    for (const name of ['entries', 'logs', 'patients'] as const)
      await client.db(database).collection(name).deleteMany({});
    await client.close();
    const third = await open();
    await third.entries.append(written('new', { age: 2 }));
    const after = await records.entries.end();
    expect(after).toEqual(await third.entries.end());
    expect(after).toMatchObject({ sequence: before.sequence });
    expect(after.log).not.toBe(before.log);
    expect(await keysAfter(records, 0)).toEqual(['new']);
    await third.close();
  });
});
