// Documents in the file of the records: what a query reads of it, and a file of the format that had none.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Connection, openConnection } from '../../src/records/sqlite/connection.js';
import { sqliteDocuments } from '../../src/records/sqlite/documents.js';
import { openSqliteRecords } from '../../src/records/sqlite/open.js';
import { written } from '../contracts/written.js';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carelake-documents-'));
  file = join(folder, 'records.sqlite');
});
afterEach(() => rm(folder, { recursive: true }));

const open = () => openSqliteRecords({ file, workspace: 'default' });

/** Does something to the file past the records. */
function directly<Result>(work: (database: Database.Database) => Result): Result {
  const database = new Database(file);
  try {
    return work(database);
  } finally {
    database.close();
  }
}

test('are found by index: no question reads a whole collection, and none is sorted', async () => {
  await (await open()).close();
  const plans: string[] = [];
  const connection = await openConnection({ file, key: undefined, durable: false });
  // libsql leaves the plan of a write open, which its connection could not commit beside.
  const planner = await openConnection({ file, key: undefined, durable: false });
  const explained = async (sql: string, parameters: Parameters<Connection['all']>[1] = []) => {
    const plan = await planner.all<{ detail: string }>(`explain query plan ${sql}`, parameters);
    plans.push(...plan.map(({ detail }) => detail));
  };
  const explaining: Connection = {
    ...connection,
    all: (sql, parameters) => explained(sql, parameters).then(() => connection.all(sql, parameters)),
    get: (sql, parameters) => explained(sql, parameters).then(() => connection.get(sql, parameters)),
    run: (sql, parameters) => explained(sql, parameters).then(() => connection.run(sql, parameters)),
  };
  const documents = sqliteDocuments(explaining, '');
  const sessions = documents.collection<{ user: string; until: string }>({
    name: 'sessions',
    indexed: ['user', 'until'],
  });
  await sessions.insert('a', { user: 'ada', until: '1' });
  plans.length = 0;
  for (const descending of [false, true]) {
    await sessions.list({ where: { user: 'ada' }, after: 'b', descending, limit: 10 });
    await sessions.list({ where: { user: 'ada', until: '1' }, descending, limit: 10 });
    await sessions.list({ after: 'b', descending, limit: 10 });
  }
  await sessions.count({ user: 'ada' });
  await sessions.get('a');
  await sessions.replace('a', 1, { user: 'ada', until: '2' });
  await sessions.remove('b', 1);
  expect(await sessions.removeBelow('until', '3')).toBe(1);
  await planner.close();
  await connection.close();
  expect(plans.length).toBeGreaterThan(10);
  expect(plans.filter((plan) => !/^(SEARCH|LIST SUBQUERY)/.test(plan))).toEqual([]);
  expect(plans.filter((plan) => plan.includes('documents of sessions by user')).length).toBeGreaterThanOrEqual(5);
});

test('a file of format 1 gets them and keeps all that it has', async () => {
  const before = await open();
  const { entry } = await before.entries.append(written('P1', { age: 1 }, { idempotencyKey: 'k' }));
  const { log } = await before.entries.end();
  await before.close();
  // As the version before left it.
  directly((database) => database.exec('drop table documents; pragma user_version = 1'));
  const [after, beside] = await Promise.all([open(), open()]);
  expect(await after.entries.history('patients', 'P1')).toEqual([entry]);
  expect(await after.entries.end()).toEqual({ log, sequence: entry.sequence });
  expect((await after.entries.append(written('P1', { age: 1 }, { idempotencyKey: 'k' }))).repeated).toBe(true);
  const users = after.directory.collection<{ name: string }>({ name: 'users', indexed: ['name'] });
  expect(await users.insert('a', { name: 'Ada' })).toBeDefined();
  expect(await beside.directory.collection({ name: 'users', indexed: [] }).count()).toBe(1);
  await after.close();
  await beside.close();
  expect(directly((database) => database.prepare('pragma user_version').all([]))).toEqual([{ user_version: 2 }]);
});
