// Writes of one moment share a transaction, and each is made or refused on its own all the same.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Connection, openConnection } from '../../src/records/sqlite/connection.js';

let folder: string;
let connection: Connection;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carelake-group-'));
  connection = await openConnection({ file: join(folder, 'records.sqlite'), key: undefined, durable: true });
  await connection.exec('create table things (id integer primary key, name text not null unique)');
});
afterEach(async () => {
  vi.restoreAllMocks();
  await connection.close();
  await rm(folder, { recursive: true });
});

const insert = (name: string | null) => connection.run('insert into things (name) values (?)', [name]);
const names = async () =>
  (await connection.all<{ name: string }>('select name from things order by id')).map((row) => row.name);

test('what comes at once is one transaction, in the order in which it came, and each is told its own number', async () => {
  const exec = vi.spyOn(Database.prototype, 'exec');
  const added = ['a', 'b', 'c', 'd'].map(insert);
  const renamed = connection.run("update things set name = 'A' where name = 'a'");
  expect(await Promise.all(added)).toEqual([1, 2, 3, 4].map((last) => ({ changes: 1, last })));
  expect(await renamed).toMatchObject({ changes: 1 });
  expect(exec.mock.calls.map(([sql]) => sql)).toEqual(['begin immediate', 'commit']);
  expect(await names()).toEqual(['A', 'b', 'c', 'd']);
});

test('one that is at fault is refused, and the others are made', async () => {
  const outcomes = await Promise.allSettled(['a', null, 'b', 'a', 'c'].map(insert));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled']);
  expect(outcomes[1]).toMatchObject({
    reason: { code: 'RECORDS_FAILED', message: expect.stringContaining('NOT NULL') },
  });
  expect((await names()).sort()).toEqual(['a', 'b', 'c']);
});

test('who asked while others waited in vain for another process is refused with them', async () => {
  const now = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => now() * 20);
  const other = new Database(join(folder, 'records.sqlite'));
  other.exec('begin immediate');
  const start = performance.now();
  const first = insert('a');
  await new Promise((resolve) => setTimeout(resolve, 50));
  const outcomes = await Promise.allSettled([first, insert('b'), insert('c')]);
  const waited = performance.now() - start;
  other.exec('rollback');
  other.close();
  expect(outcomes).toEqual(
    Array(3).fill({ status: 'rejected', reason: expect.objectContaining({ code: 'RECORDS_BUSY' }) }),
  );
  expect(waited).toBeLessThan(2 * 10_000);
  expect(await insert('d')).toMatchObject({ changes: 1 });
});

test('one that writes nothing says so, whatever those before it wrote', async () => {
  const none = () => connection.run("update things set name = 'x' where name = 'nobody'");
  const [, first, , second] = await Promise.all([insert('a'), none(), insert('b'), none()]);
  expect([first?.changes, second?.changes]).toEqual([0, 0]);
});

test('a question that is asked again sees what another connection wrote, and holds nothing of the file', async () => {
  const other = await openConnection({ file: join(folder, 'records.sqlite'), key: undefined, durable: false });
  try {
    expect(await names()).toEqual([]);
    await insert('a');
    await other.run('insert into things (name) values (?)', ['b']);
    expect(await names()).toEqual(['a', 'b']);
    await other.exec('alter table things add column age integer');
    expect(await connection.all('select * from things where name = ?', ['b'])).toEqual([
      { id: 2, name: 'b', age: null },
    ]);
    // Only where nobody reads is the log carried over whole.
    expect(await other.get('pragma wal_checkpoint(truncate)')).toMatchObject({ busy: 0, log: 0 });
  } finally {
    await other.close();
  }
});

test('a statement that failed is prepared anew, and one that is given several rows ends with the first that is there', async () => {
  const sql = 'insert into things (name) values (?) on conflict do nothing';
  expect(await connection.runEach(sql, [['a'], ['b'], ['a'], ['c']])).toEqual({ changes: 2, last: 2 });
  expect(await names()).toEqual(['a', 'b']);
  const prepare = vi.spyOn(Database.prototype, 'prepare');
  await expect(insert(null)).rejects.toMatchObject({ code: 'RECORDS_FAILED' });
  await insert('c');
  await insert('d');
  expect(prepare.mock.calls).toHaveLength(2);
});

test('a commit that fails is told to all, and nothing of the group is there', async () => {
  const { exec } = Database.prototype;
  vi.spyOn(Database.prototype, 'exec').mockImplementation(function (this: Database.Database, sql: string) {
    if (sql === 'commit') throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    return exec.call(this, sql);
  });
  const outcomes = await Promise.allSettled(['a', 'b'].map(insert));
  expect(outcomes).toMatchObject([{ reason: { code: 'RECORDS_FULL' } }, { reason: { code: 'RECORDS_FULL' } }]);
  vi.restoreAllMocks();
  expect(await names()).toEqual([]);
  await insert('c');
  expect(await names()).toEqual(['c']);
});
