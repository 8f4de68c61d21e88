// Folders for spilling that a crash left behind.
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSpill } from '../../../src/engine/duckdb/spill.js';

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'carelake-spill-'));
});
afterEach(() => rm(parent, { recursive: true }));

/** As a process of this id leaves its folder when it is killed. */
const leftBy = async (pid: number) => {
  const spill = await openSpill(parent);
  const left = join(parent, basename(spill.folder).replace(`-${process.pid}-`, `-${pid}-`).replace(/.{6}$/, 'leftxx'));
  await rename(spill.folder, left);
  await spill.remove();
  await writeFile(join(left, 'duckdb_temp_storage-0.tmp'), 'rows');
  return left;
};

test('those of dead processes are removed, those of living ones stay', async () => {
  const dead = spawnSync(process.execPath, ['--version']).pid;
  const living = await leftBy(process.ppid);
  const gone = await leftBy(dead);
  const other = join(parent, 'something-else');
  await mkdir(other);
  const spill = await openSpill(parent);
  expect(gone).not.toBe(living);
  expect((await readdir(parent)).sort()).toEqual([spill.folder, living, other].map((path) => basename(path)).sort());
  await spill.remove();
});

test('one under our own process id that we did not make is a dead one, as after the restart of a container', async () => {
  await leftBy(process.pid);
  const spill = await openSpill(parent);
  expect(await readdir(parent)).toEqual([basename(spill.folder)]);
});

test('two engines of one process keep each its own', async () => {
  const [one, other] = [await openSpill(parent), await openSpill(parent)];
  expect((await readdir(parent)).length).toBe(2);
  await one.remove();
  expect(await readdir(parent)).toEqual([basename(other.folder)]);
});
