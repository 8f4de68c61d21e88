// What the local lake says when the system refuses, and who may read its files.
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Lake } from '../../src/lake/lake.js';
import { whileReading, whileWriting } from '../../src/lake/local/faults.js';
import { openLocalLake } from '../../src/lake/local.js';
import { outputOf, start } from '../child/run.js';

let folder: string;
let root: string;
let lake: Lake;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carelake-lake-'));
  root = join(folder, 'lake');
  lake = openLocalLake({ root });
});
afterEach(async () => {
  await chmod(folder, 0o700);
  await rm(folder, { recursive: true });
});

test('opening and reading a lake that is not there makes nothing', async () => {
  expect(await lake.get('a')).toBeUndefined();
  for await (const { key } of lake.list('')) throw new Error(key);
  expect(await lake.sweep(0, false)).toEqual({ removed: 0, bytes: 0 });
  await lake.remove(['a']);
  await lake.close();
  expect(await readdir(folder)).toEqual([]);
});

test('folders and files are open to their owner alone, also what another program wrote', async () => {
  await lake.put('a/b/c', 'x');
  const scratch = await lake.scratch();
  await mkdir(join(scratch, 'part'), { mode: 0o755 });
  await writeFile(join(scratch, 'part/data'), 'x', { mode: 0o644 });
  await writeFile(join(scratch, 'last'), 'x', { mode: 0o644 });
  await lake.commit(scratch, 'steps/1', 'last');
  const modes: Record<string, string> = {};
  for (const path of ['', ...(await readdir(root, { recursive: true }))]) {
    modes[path] = ((await stat(join(root, path))).mode & 0o777).toString(8);
  }
  expect(modes).toEqual({
    '': '700',
    '.scratch': '700',
    '.scratch/locks': '700',
    a: '700',
    'a/b': '700',
    'a/b/c': '600',
    steps: '700',
    'steps/1': '700',
    'steps/1/last': '600',
    'steps/1/part': '700',
    'steps/1/part/data': '600',
  });
});

test('a removed file takes the folders that it leaves empty with it', async () => {
  await lake.put('a/b/c', 'x');
  await lake.put('a/d', 'x');
  await lake.remove(['a/b/c']);
  expect(await readdir(join(root, 'a'))).toEqual(['d']);
  await lake.remove(['a/d']);
  expect(await readdir(root)).toEqual(['.scratch']);
});

test('a key below a file, or where a folder is, is refused as a name', async () => {
  await lake.put('a/file', 'x');
  const refusal = { code: 'LAKE_KEY_INVALID', cause: expect.anything() };
  await expect(lake.put('a/file/below', 'x')).rejects.toMatchObject(refusal);
  await expect(lake.put('a', 'x')).rejects.toMatchObject(refusal);
  expect(await readdir(join(root, '.scratch'))).toEqual(['locks']);
});

test.each([
  ['EACCES', 'LAKE_READ_ONLY'],
  ['EPERM', 'LAKE_READ_ONLY'],
  ['EROFS', 'LAKE_READ_ONLY'],
  ['ENOSPC', 'LAKE_DISK_FULL'],
  ['EDQUOT', 'LAKE_DISK_FULL'],
  ['ENAMETOOLONG', 'LAKE_KEY_INVALID'],
  ['EIO', 'LAKE_FAILED'],
])('%s while writing is %s, with driver, key and cause', async (code, expected) => {
  const cause = Object.assign(new Error(`${code}: refused`), { code });
  const refused = whileWriting('some/key', () => Promise.reject(cause));
  await expect(refused).rejects.toMatchObject({ code: expected, cause });
  await expect(refused).rejects.toThrow(/local lake: cannot write "some\/key"/);
});

test.each([
  ['ENOENT', 'LAKE_NOT_FOUND'],
  ['EACCES', 'LAKE_FAILED'],
  ['EIO', 'LAKE_FAILED'],
])('%s while reading is %s', async (code, expected) => {
  const cause = Object.assign(new Error(`${code}: refused`), { code });
  await expect(whileReading('some/key', () => Promise.reject(cause))).rejects.toMatchObject({ code: expected, cause });
});

test('a fault of the program itself is passed on as it is', async () => {
  const fault = new TypeError('not a function');
  await expect(whileWriting('a', () => Promise.reject(fault))).rejects.toBe(fault);
});

test('a link that stands in the lake is replaced, never written through', async () => {
  await lake.put('a', 'x');
  await writeFile(join(folder, 'outside'), 'untouched');
  await symlink(join(folder, 'outside'), join(root, 'link'));
  await lake.put('link', 'y');
  expect(await readFile(join(folder, 'outside'), 'utf8')).toBe('untouched');
  expect((await lake.get('link'))?.body.toString()).toBe('y');
});

test('a folder that may not be written is said as such, and can still be read', async () => {
  await lake.put('a', 'x');
  // The superuser may write everywhere, so the refused process is someone else's then.
  const someone = process.getuid?.() === 0 ? 65534 : undefined;
  if (someone) {
    for (const path of [folder, root, join(root, 'a'), join(root, '.scratch'), join(root, '.scratch/locks')]) {
      await chown(path, someone, someone);
    }
  }
  const folders = [root, join(root, '.scratch'), join(root, '.scratch/locks')];
  for (const path of folders) await chmod(path, 0o500);
  const worker = start(join(import.meta.dirname, 'local-worker.ts'), [root, 'refused', 'a'], someone);
  expect(JSON.parse(await outputOf(worker))).toEqual({
    read: 'x',
    put: 'LAKE_READ_ONLY',
    create: 'LAKE_READ_ONLY',
    remove: 'LAKE_READ_ONLY',
    scratch: 'LAKE_READ_ONLY',
  });
  for (const path of folders) await chmod(path, 0o700);
});
