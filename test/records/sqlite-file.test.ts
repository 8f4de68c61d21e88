// The file of the records: who can read it, what is not it, and what a crash between log and rows left.
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSqliteRecords } from '../../src/records/sqlite/open.js';
import { written } from '../contracts/written.js';

const key = 'a key of more than thirty-two characters';
let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carelake-records-'));
  file = join(folder, 'data', 'records.sqlite');
});
afterEach(() => rm(folder, { recursive: true }));

const open = (more: { key?: string; workspace?: string } = {}) =>
  openSqliteRecords({ file, workspace: 'default', ...more });

/** Runs SQL past the records, as a fault would. */
function tamper(sql: string): void {
  const database = new Database(file);
  database.exec(sql);
  database.close();
}

test('is for its owner alone, with what SQLite puts beside it', async () => {
  const records = await open();
  await records.entries.append(written('P1', { age: 1 }));
  const names = await readdir(join(folder, 'data'));
  expect(names.length).toBeGreaterThan(1);
  for (const name of names) expect((await stat(join(folder, 'data', name))).mode & 0o077).toBe(0);
  await records.close();
});

test('under a key holds no readable text, while it is open and after', async () => {
  const records = await open({ key });
  await records.entries.append(written('P1', { name: 'Readable Person' }));
  const holdsText = async (text: string) => {
    const names = await readdir(join(folder, 'data'));
    const contents = await Promise.all(names.map((name) => readFile(join(folder, 'data', name), 'latin1')));
    return contents.some((content) => content.includes(text));
  };
  expect(await holdsText('Readable Person')).toBe(false);
  await records.close();
  expect(await holdsText('Readable Person')).toBe(false);
  expect(await holdsText('SQLite format')).toBe(false);
  const again = await open({ key });
  expect((await again.rows.get('patients', 'P1'))?.values).toEqual({ name: 'Readable Person' });
  await again.close();
});

test.each([
  ['another key', key, 'another key of more than thirty-two letters'],
  ['no key', key, undefined],
  ['a key where it has none', undefined, key],
])('is not opened with %s, and stays as it was', async (_, right, wrong) => {
  const keyed = (text: string | undefined) => open(text === undefined ? {} : { key: text });
  const records = await keyed(right);
  await records.entries.append(written('P1', { age: 1 }));
  await expect(keyed(wrong)).rejects.toMatchObject({ code: 'RECORDS_KEY' });
  await records.entries.append(written('P2', { age: 2 }));
  await records.close();
  await expect(keyed(wrong)).rejects.toMatchObject({ code: 'RECORDS_KEY' });
  const again = await keyed(right);
  expect(await again.entries.count(0)).toBe(2);
  await again.close();
});

test('that is none is refused and named', async () => {
  file = join(folder, 'records.sqlite');
  await writeFile(file, 'these are notes, and no database at all\n'.repeat(100));
  await expect(open()).rejects.toMatchObject({ code: 'RECORDS_KEY' });
  await expect(open()).rejects.toThrow(file);
  file = join(file, 'below', 'a-file');
  await expect(open()).rejects.toMatchObject({ code: 'RECORDS_FAILED' });
});

test('of a later version is refused', async () => {
  await (await open()).close();
  tamper('pragma user_version = 7');
  await expect(open()).rejects.toMatchObject({ code: 'RECORDS_VERSION' });
});

test('that cannot take the row does not take the entry either', async () => {
  const records = await open();
  tamper("create trigger broken before insert on rows begin select raise(abort, 'no rows today'); end");
  await expect(records.entries.append(written('P1', { age: 1 }))).rejects.toMatchObject({ code: 'RECORDS_FAILED' });
  expect(await records.entries.count(0)).toBe(0);
  tamper('drop trigger broken');
  expect(await records.entries.append(written('P1', { age: 1 }))).toMatchObject({ repeated: false });
  await records.close();
});

test('that has an entry without its row has the row with the next start', async () => {
  const records = await open();
  await records.entries.append(written('P1', { age: 1 }));
  tamper('delete from rows; delete from projected');
  await records.close();
  const again = await open();
  expect(await again.rows.get('patients', 'P1')).toMatchObject({ version: 1, values: { age: 1 } });
  await again.close();
});

test('and who repeats the write under its key gets the row at once', async () => {
  const records = await open();
  const entry = written('P1', { age: 1 }, { idempotencyKey: 'k' });
  await records.entries.append(entry);
  tamper('delete from rows');
  expect(await records.entries.append(entry)).toMatchObject({ repeated: true });
  expect(await records.rows.get('patients', 'P1')).toMatchObject({ version: 1 });
  await records.close();
});

test('that another process holds is waited for without standing still', async () => {
  const records = await open();
  const holder = new Database(file);
  holder.exec('begin immediate');
  let turns = 0;
  const ticking = setInterval(() => {
    if (++turns === 5) holder.exec('commit');
  }, 10);
  expect((await records.entries.append(written('P1', { age: 1 }))).entry.version).toBe(1);
  clearInterval(ticking);
  expect(turns).toBeGreaterThanOrEqual(5);
  holder.close();
  await records.close();
});
