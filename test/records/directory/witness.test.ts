// No right changes without its line in the audit log, and no line is there twice: whatever fails, is killed, or comes at once.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Audit, openAudit } from '../../../src/records/audit/chain.js';
import type { LineBody } from '../../../src/records/audit/line.js';
import { verifyChain } from '../../../src/records/audit/verify.js';
import { type Directory, directoryIn } from '../../../src/records/directory/directory.js';
import { openMemoryRecords } from '../../../src/records/memory.js';
import { openMongoRecords } from '../../../src/records/mongo/open.js';
import type { Records } from '../../../src/records/records.js';
import { openSqliteRecords } from '../../../src/records/sqlite/open.js';
import { dropDatabase, hasMongo, newDatabase, uri } from '../mongo-server.js';

const author = { by: 'root', kind: 'user', from: '10.0.0.7', request: 'a request' } as const;
const limits = { idle: 60_000, most: 3_600_000 };

let records: Records;
let directory: Directory;
let audit: Audit;
beforeEach(() => {
  records = openMemoryRecords();
  directory = directoryIn(records.directory, limits);
  audit = openAudit(records.directory, { keys: [] });
});

const lines = async (of = audit): Promise<LineBody[]> => (await of.lines.list({ limit: 1000 })).map(({ body }) => body);
const told = async () => (await lines()).map(({ action, detail }) => [action, detail]);
const add = (name: string) =>
  directory.users.add({ name, roles: ['analyst'], password: 'hash', created_by: 'test' }, author);

test('whoever is added, given roles, disabled or given a password, and every key, has a line of who did it', async () => {
  const ann = await add('ann');
  await directory.users.changeRights('ann', { roles: ['clinician'] }, author);
  await directory.users.changeRights('ann', { disabled: true }, author);
  await directory.users.setPassword('ann', 'other', author, 'of ann');
  const { key } = await directory.keys.add(ann, { name: 'x', roles: ['analyst'], days: 1 }, author);
  await directory.keys.remove(key.id, author);
  expect(await told()).toEqual([]);
  await directory.handOver(audit);
  await directory.handOver(audit);
  expect(await told()).toEqual([
    ['user', 'ann added: analyst'],
    ['password', 'the first of ann'],
    ['user', 'ann is active: clinician'],
    ['user', 'ann is disabled: clinician'],
    ['password', 'of ann'],
    ['key', `${key.id} made for ann: analyst`],
    ['key', `${key.id} of ann revoked`],
  ]);
  const [first] = await lines();
  expect(first).toMatchObject({ ...author, outcome: 'done', log: 'users/ann', entry: 1, entry_at: expect.any(String) });
  expect((await directory.users.get('ann'))?.lines).toEqual([]);
  expect(await records.directory.collection({ name: 'keys', indexed: [] }).get(key.id)).toBeUndefined();
  expect((await verifyChain(audit.lines, audit.seals)).faults).toEqual([]);
});

test('a key that is revoked is good for nothing at once, though its line waits', async () => {
  const { key, secret } = await directory.keys.add(
    await add('ann'),
    { name: 'x', roles: ['analyst'], days: 1 },
    author,
  );
  await directory.keys.remove(key.id, author);
  expect(await directory.keys.find(secret)).toBeUndefined();
  expect([await directory.keys.list('ann'), await directory.keys.get(key.id)]).toEqual([[], undefined]);
  expect(await directory.keys.remove(key.id, author)).toBe(false);
});

test('while the log cannot be written the line waits beside the right, and follows', async () => {
  const { insertAll } = audit.lines;
  Object.assign(audit.lines, { insertAll: async () => Promise.reject(new Error('disk gone')) });
  await add('ann');
  await expect(directory.handOver(audit)).rejects.toMatchObject({ code: 'AUDIT_FAILED' });
  Object.assign(audit.lines, { insertAll });
  await directory.users.changeRights('ann', { disabled: true }, author);
  await directory.handOver(audit);
  expect((await told()).map(([, detail]) => detail)).toEqual([
    'ann added: analyst',
    'the first of ann',
    'ann is disabled: analyst',
  ]);
});

test('a crash after the log has the line, and before the document knows, leaves it there once', async () => {
  await add('ann');
  const users = records.directory.collection({ name: 'users', indexed: [] });
  const before = await users.get('ann');
  await directory.handOver(audit);
  const after = await users.get('ann');
  // As if the last write had not been made.
  await users.replace('ann', after?.revision ?? 0, before?.body ?? {});
  const later = openAudit(records.directory, { keys: [] });
  await directory.handOver(later);
  expect(await lines(later)).toHaveLength(2);
});

test('what was taken back, since nobody would be left, has lines of both', async () => {
  for (const name of ['ann', 'bob'])
    await directory.users.add({ name, roles: ['admin'], password: 'hash', created_by: 'test' }, author);
  const disable = (name: string) => directory.users.changeRights(name, { disabled: true }, author);
  await Promise.allSettled([disable('ann'), disable('bob')]);
  await directory.handOver(audit);
  for (const user of await directory.users.all()) {
    const last = (await lines()).findLast(({ log }) => log === `users/${user.name}`);
    const said = user.disabled
      ? `${user.name} is disabled`
      : `${user.name} (is active|added)|the first of ${user.name}`;
    expect(last?.detail).toMatch(new RegExp(said));
  }
});

for (const driver of ['sqlite', 'mongodb'] as const) {
  const lacks = driver === 'mongodb' && !hasMongo;
  describe.skipIf(lacks)(`in records of ${driver} that two processes share (CARELAKE_TEST_MONGO)`, () => {
    test('lines that both hand over at the same time are there once, each', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'carelake-witness-'));
      const database = newDatabase();
      const open = () =>
        driver === 'sqlite'
          ? openSqliteRecords({ file: join(folder, 'records.sqlite'), workspace: 'default' })
          : openMongoRecords({ uri, database, workspace: 'default' });
      const both = await Promise.all([open(), open()]);
      const places = both.map((one) => ({
        directory: directoryIn(one.directory, limits),
        audit: openAudit(one.directory, { keys: [] }),
      }));
      for (let n = 0; n < 10; n++) {
        await places[n % 2]?.directory.users.add(
          { name: `u${n}`, roles: ['analyst'], password: null, created_by: 'test' },
          author,
        );
      }
      await Promise.all(places.map((place) => place.directory.handOver(place.audit)));
      const found = await lines(places[0]?.audit);
      expect(found.map(({ log, entry }) => `${log} ${entry}`).sort()).toEqual(
        Array.from({ length: 10 }, (_, n) => `users/u${n} 1`).sort(),
      );
      for (const one of both) await one.close();
      if (driver === 'mongodb') await dropDatabase(database);
      await rm(folder, { recursive: true });
    });
  });
}
