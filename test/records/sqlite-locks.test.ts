// The locks by which processes share the file: whoever opens it a second time must not let go of those of the first. Another
// process would take itself for the only one, and its end remove the log that the first goes on writing to.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqliteRecords } from '../../src/records/sqlite/open.js';
import { written } from '../contracts/written.js';

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carelake-locks-'));
  file = join(folder, 'records.sqlite');
});
afterAll(() => rm(folder, { recursive: true }));

const libsql = createRequire(import.meta.url).resolve('libsql');

/** Another process looks at the file and ends. */
const looked = (): Promise<unknown> =>
  promisify(execFile)(process.execPath, [
    '-e',
    `const records = new (require(${JSON.stringify(libsql)}))(${JSON.stringify(file)});
records.prepare('select count(*) from entries').all([]);
records.close();`,
  ]);

test('of a file that is opened twice stay held when another process has looked at it', async () => {
  const first = await openSqliteRecords({ file, workspace: 'default' });
  await first.entries.append(written('P1', { patient_id: 'P1' }));
  const second = await openSqliteRecords({ file, workspace: 'default' });
  const before = await stat(`${file}-wal`);
  await looked();
  expect((await stat(`${file}-wal`)).ino).toBe(before.ino);
  await first.entries.append(written('P2', { patient_id: 'P2' }));
  await looked();
  const third = await openSqliteRecords({ file, workspace: 'default' });
  expect(await third.entries.newest([{ table: 'patients', key: 'P2' }])).toMatchObject([{ version: 1 }]);
  for (const records of [first, second, third]) await records.close();
});
