// The local lake among several processes, and after one was killed.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Lake } from '../../src/lake/lake.js';
import { withLock } from '../../src/lake/local/lock.js';
import { openLocalLake } from '../../src/lake/local.js';
import { outputOf, start } from '../child/run.js';

const program = join(import.meta.dirname, 'local-worker.ts');
let root: string;
let lake: Lake;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'carelake-lake-'));
  lake = openLocalLake({ root });
});
afterEach(() => rm(root, { recursive: true, force: true }));

const workers = (count: number, ...args: string[]) =>
  Array.from({ length: count }, () => start(program, [root, ...args]));

/** The numbers that the workers end with. */
async function results(children: readonly ChildProcess[]): Promise<number[]> {
  const outputs = children.map(outputOf);
  await writeFile(join(root, 'go'), '');
  return (await Promise.all(outputs)).map(Number);
}

/** Lets the worker say `lines` lines, kills it wherever it then is, and returns all that it said. */
async function killAfter(child: ChildProcess, lines: number): Promise<string[]> {
  const said: string[] = [];
  const closed = once(child, 'close');
  if (!child.stdout) throw new Error('The worker has no output.');
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    if (said.length === lines) setTimeout(() => child.kill('SIGKILL'), Math.random() * 15);
  }
  await closed;
  return said;
}

async function keysBelow(prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of lake.list(prefix)) keys.push(key);
  return keys;
}

test('each of 50 files has one creator among four processes', async () => {
  const won = await results(workers(4, 'create', 'once', '50'));
  expect(won.reduce((sum, one) => sum + one)).toBe(50);
  expect(await keysBelow('once')).toHaveLength(50);
});

test('four processes count exactly', async () => {
  await lake.put('counter', '0');
  await results(workers(4, 'count', 'counter', '25'));
  expect((await lake.get('counter'))?.body.toString()).toBe('100');
});

test('a process killed while it commits leaves whole steps, and scratch that is swept', async () => {
  for (let round = 0; round < 5; round++) {
    const [child] = workers(1, 'commit', `steps-${round}`);
    if (!child) throw new Error('No worker.');
    const said = await killAfter(child, 3 + round);
    const names = await readdir(join(root, `steps-${round}`));
    expect(names.length).toBeGreaterThanOrEqual(said.length);
    for (const name of names) expect(await readdir(join(root, `steps-${round}`, name))).toHaveLength(21);
    expect((await keysBelow('')).filter((key) => !key.startsWith('steps-'))).toEqual([]);
  }
  const left = (await readdir(join(root, '.scratch'))).filter((name) => name !== 'locks');
  expect((await lake.sweep(3_600_000, false)).removed).toBe(0);
  expect((await lake.sweep(0, true)).removed).toBe(left.length);
  expect((await lake.sweep(0, false)).removed).toBe(left.length);
  expect(await readdir(join(root, '.scratch'))).toEqual(['locks']);
});

test('a process killed while it swaps loses nothing that it said, and blocks nobody', async () => {
  for (let round = 0; round < 5; round++) {
    const [child] = workers(1, 'swap', 'current.json');
    if (!child) throw new Error('No worker.');
    const said = await killAfter(child, 20);
    const present = await lake.get('current.json');
    const last = Number(said.at(-1));
    expect([last, last + 1]).toContain(Number(present?.body));
    await lake.putIf('current.json', '0', { etag: present?.etag ?? '' });
  }
});

test('the lock of a killed process is taken over by exactly one of many who wait', async () => {
  const path = join(root, 'locks/one');
  const [holder] = workers(1, 'hold', path);
  if (!holder?.stdout) throw new Error('No worker.');
  await once(holder.stdout, 'data');
  let inside = 0;
  let entered = 0;
  const waiting = Promise.all(
    Array.from({ length: 12 }, () =>
      withLock(path, async () => {
        inside++;
        entered++;
        expect(inside).toBe(1);
        await new Promise((resolve) => setTimeout(resolve, 2));
        inside--;
      }),
    ),
  );
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(entered).toBe(0);
  holder.kill('SIGKILL');
  await waiting;
  expect(entered).toBe(12);
  expect(await readdir(join(root, 'locks'))).toEqual([]);
});

test('a lock whose taker died while taking it is taken over all the same', async () => {
  const path = join(root, 'locks/one');
  // A place that is ours and a pid that cannot be: past the largest that the kernel gives.
  const name = (await readdir(join(await lake.scratch(), '..'))).find((entry) => entry !== 'locks') ?? '';
  const dead = (letter: string) => name.replace(/^[0-9]+/, '99999999').replace(/[0-9a-f]{12}$/, letter.repeat(12));
  await withLock(path, async () => {});
  await symlink(dead('a'), path);
  await symlink(dead('b'), join(root, 'locks', `steal-${dead('a')}`));
  await symlink(dead('c'), join(root, 'locks', `steal-${dead('b')}`));
  expect(await withLock(path, async () => 'mine')).toBe('mine');
  expect(await readdir(join(root, 'locks'))).toEqual([]);
});

test('a lock of another machine or boot is waited for, then taken over', async () => {
  const path = join(root, 'locks/one');
  await withLock(path, async () => {});
  await symlink('12-34-ffffffffffff-000000000000', path);
  expect(await withLock(path, async () => 'mine')).toBe('mine');
  expect(await readdir(join(root, 'locks'))).toEqual([]);
});

test('who lost the lock is told before the last move', async () => {
  const path = join(root, 'locks/one');
  await expect(
    withLock(path, async (ensureHeld) => {
      await ensureHeld();
      await rm(path);
      await ensureHeld();
    }),
  ).rejects.toMatchObject({ code: 'LAKE_CONFLICT' });
});
