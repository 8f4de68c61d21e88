// Folders for spilling that a crash left behind.
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openSpill } from '../../../src/engine/duckdb/spill.js';

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'carelake-spill-'));
});
afterEach(() => rm(parent, { recursive: true }));

/** As a process leaves its folder when it is killed: `own` is what its name would be, made from one of ours. */
async function leftBy(own: (name: string) => string): Promise<string> {
  const spill = await openSpill(parent);
  const left = join(parent, own(basename(spill.folder)).replace(/.{6}$/, '000000'));
  await rename(spill.folder, left);
  await writeFile(join(left, 'duckdb_temp_storage-0.tmp'), 'rows');
  return left;
}

test('those of dead processes are removed, those of living ones stay', async () => {
  const dead = spawnSync(process.execPath, ['--version']).pid;
  const living = await leftBy((name) => name);
  const gone = await leftBy((name) => name.replace(`-${process.pid}-`, `-${dead}-`));
  const other = join(parent, 'something-else');
  await mkdir(other);
  const spill = await openSpill(parent);
  expect(gone).not.toBe(living);
  expect((await readdir(parent)).sort()).toEqual([spill.folder, living, other].map((path) => basename(path)).sort());
  await spill.remove();
});

test('one of a process that had our process id before us is a dead one', async () => {
  await leftBy((name) => name.replace(/-[0-9]+-(?=[0-9a-f]{12}-)/, '-1-'));
  const spill = await openSpill(parent);
  expect(await readdir(parent)).toEqual([basename(spill.folder)]);
});

test('one from another container stays, where its process id means nothing here', async () => {
  const dead = spawnSync(process.execPath, ['--version']).pid;
  const elsewhere = (name: string) => name.replace(/-[0-9a-f]{12}(?=-[0-9a-f]{12}$)/, '-000000000000');
  const left = [
    await leftBy((name) => elsewhere(name).replace(`-${process.pid}-`, `-${dead}-`)),
    await leftBy(elsewhere),
  ];
  const spill = await openSpill(parent);
  expect((await readdir(parent)).sort()).toEqual([spill.folder, ...left].map((path) => basename(path)).sort());
});

test('one from another container that nobody has marked for more than a day is removed', async () => {
  const left = await leftBy((name) => name.replace(/-[0-9a-f]{12}(?=-[0-9a-f]{12}$)/, '-000000000000'));
  const dayAgo = Date.now() / 1000 - 24 * 3600;
  await utimes(left, dayAgo + 60, dayAgo + 60);
  await (await openSpill(parent)).remove();
  expect(await readdir(parent)).toEqual([basename(left)]);
  await utimes(left, dayAgo - 60, dayAgo - 60);
  await (await openSpill(parent)).remove();
  expect(await readdir(parent)).toEqual([]);
});

test('a folder in use is marked every hour', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const { folder, remove } = await openSpill(parent);
    await utimes(folder, 0, 0);
    vi.advanceTimersByTime(3_600_000);
    await expect.poll(async () => (await stat(folder)).mtimeMs).toBeGreaterThan(0);
    await remove();
  } finally {
    vi.useRealTimers();
  }
});

test('two engines of one process keep each its own', async () => {
  const [one, other] = [await openSpill(parent), await openSpill(parent)];
  expect((await readdir(parent)).length).toBe(2);
  await one.remove();
  expect(await readdir(parent)).toEqual([basename(other.folder)]);
});
