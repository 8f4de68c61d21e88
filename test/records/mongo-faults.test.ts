// What happens to records in MongoDB when the server is away, stands still or starts again: coded errors while it lasts, no
// word of the password, and no restart of ours.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoServerError } from 'mongodb';
import { describe, expect, test } from 'vitest';
import { mongoFault } from '../../src/records/mongo/faults.js';
import { openMongoRecords } from '../../src/records/mongo/open.js';
import { all, written } from '../contracts/written.js';
import { hasMongoClasses, startMongo } from './mongo-server.js';

/** Limits of the driver, so that a test need not wait as long as a server. */
const impatient = 'serverSelectionTimeoutMS=1500&socketTimeoutMS=2000&connectTimeoutMS=1500&retryWrites=false';
const password = 'p%40ss-word';

describe.skipIf(!hasMongoClasses)('with a server of their own (CARELAKE_TEST_MONGO_CLASSES) the records', () => {
  test('outlast a server that ends and starts again: nothing acknowledged is lost, and no restart is needed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'carelake-mongo-'));
    const file = join(folder, 'data.mv');
    const server = await startMongo({ file });
    const records = await openMongoRecords({ uri: `${server.uri}/?${impatient}`, database: 'a', workspace: 'default' });
    const users = records.directory.collection<{ name: string }>({ name: 'users', indexed: ['name'] });
    await records.entries.append(written('P1', { age: 1 }));
    await users.insert('ada', { name: 'Ada' });
    await server.stop('SIGTERM');
    const away = { code: 'RECORDS_UNREACHABLE' };
    await expect(records.entries.append(written('P2', { age: 2 }))).rejects.toMatchObject(away);
    await expect(records.entries.end()).rejects.toMatchObject(away);
    await expect(records.rows.get('patients', 'P1')).rejects.toMatchObject(away);
    await expect(users.list({ limit: 1 })).rejects.toMatchObject(away);
    await expect(users.insert('bo', { name: 'Bo' })).rejects.toMatchObject(away);
    const again = await startMongo({ file, port: server.port });
    expect((await records.entries.append(written('P3', { age: 3 }))).entry.version).toBe(1);
    expect((await all(records.entries.read(0))).map(({ key }) => key)).toEqual(['P1', 'P3']);
    expect(await users.get('ada')).toMatchObject({ body: { name: 'Ada' } });
    await records.close();
    await again.stop('SIGKILL');
    await rm(folder, { recursive: true });
  });

  test('say that a server is too slow that stands still, and go on when it does', async () => {
    const server = await startMongo();
    const uri = `${server.uri}/?${impatient}`;
    const records = await openMongoRecords({ uri, database: 'a', workspace: 'default' });
    const entry = written('P1', { age: 1 }, { idempotencyKey: 'k' });
    await records.entries.append(written('P0', { age: 0 }));
    server.process.kill('SIGSTOP');
    const code = expect.stringMatching(/^RECORDS_(BUSY|UNREACHABLE)$/);
    const refused = expect(records.entries.append(entry)).rejects.toMatchObject({ code });
    await expect(records.rows.get('patients', 'P0')).rejects.toMatchObject({ code });
    await refused;
    server.process.kill('SIGCONT');
    // Whether the first try arrived or not, under its key it is one write.
    await records.entries.append(entry);
    expect((await all(records.entries.read(0))).map(({ key }) => key)).toEqual(['P0', 'P1']);
    await records.close();
    await server.stop('SIGKILL');
  });

  test('that cannot be opened say where they are and not with what', async () => {
    const uri = `mongodb://ada:${password}@127.0.0.1:9/?${impatient}`;
    const failure = await openMongoRecords({ uri, database: 'a', workspace: 'default' }).catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ code: 'RECORDS_UNREACHABLE', message: expect.stringContaining('127.0.0.1:9') });
    expect(inFull(failure)).not.toMatch(/p%40ss|p@ss/);
  });
});

/** All that a log could show of it. */
const inFull = (error: unknown): string =>
  [error, (error as Error).cause].map((one) => `${(one as Error)?.message} ${(one as Error)?.stack}`).join();

test('an address that is none is refused without a word of its password', async () => {
  for (const uri of [
    `mongodb://ada:${password}@host:port/`,
    `mongodb://ada:${password}@h/?what=no`,
    `mongodb://a:${password}@`,
  ]) {
    const failure = await openMongoRecords({ uri, database: 'a', workspace: 'default' }).catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ code: 'RECORDS_FAILED' });
    expect(inFull(failure)).not.toMatch(/p%40ss|p@ss/);
  }
});

test.each([
  [{ code: 18, errmsg: 'Authentication failed.' }, 'RECORDS_DENIED'],
  [{ code: 13, errmsg: 'not authorized on a to execute command' }, 'RECORDS_DENIED'],
  [{ code: 8000, errmsg: 'bad auth : authentication failed' }, 'RECORDS_DENIED'],
  [{ code: 8000, errmsg: 'you are over your space quota, using 513 MB of 512 MB' }, 'RECORDS_FULL'],
  [{ code: 14031, errmsg: 'available disk space of 10 bytes is less than required minimum' }, 'RECORDS_FULL'],
  [{ code: 64, errmsg: 'waiting for replication timed out' }, 'RECORDS_BUSY'],
  [{ code: 50, errmsg: 'operation exceeded time limit' }, 'RECORDS_BUSY'],
  [{ code: 10107, errmsg: 'not primary' }, 'RECORDS_UNREACHABLE'],
  [{ code: 2, errmsg: 'bad value' }, 'RECORDS_FAILED'],
])('what a server says in %j is %s', (response, code) => {
  expect(mongoFault('mongodb://h', new MongoServerError(response))).toMatchObject({ code });
});

test('a key that is taken is not repeated in a message: somebody typed it', () => {
  const said = 'E11000 duplicate key error collection: a.b index: _id_ dup key: { _id: "default/Ada Lovelace" }';
  const fault = mongoFault('mongodb://h', new MongoServerError({ code: 11_000, errmsg: said }));
  expect(inFull(fault)).not.toContain('Ada');
});
