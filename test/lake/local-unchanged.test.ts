// A small file that is asked for again is read once, and never shown as it was before somebody else changed it.
import { mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Lake } from '../../src/lake/lake.js';
import { openLocalLake } from '../../src/lake/local.js';

let root: string;
let lake: Lake;
/** Who else writes into the lake: what it writes, this one is not told. */
let other: Lake;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'carelake-unchanged-'));
  lake = openLocalLake({ root });
  other = openLocalLake({ root });
});
afterEach(() => rm(root, { recursive: true }));

const longAgo = new Date('2026-01-01T00:00:00Z');
const aged = (key: string) => utimes(join(root, key), longAgo, longAgo);
const body = async (key: string) => (await lake.get(key))?.body.toString();

test('whoever swaps it, the next look shows it', async () => {
  for (let round = 0; round < 20; round++) {
    await other.put('current.json', `run ${round}`);
    // Of the same length and the same time, as if nothing had happened.
    await aged('current.json');
    expect(await body('current.json')).toBe(`run ${round}`);
    expect(await body('current.json')).toBe(`run ${round}`);
  }
  await other.remove(['current.json']);
  expect(await lake.get('current.json')).toBeUndefined();
});

test('a file that was put in its place by its name, or written over by another program, is read anew', async () => {
  await lake.put('a.json', 'first');
  await aged('a.json');
  expect(await body('a.json')).toBe('first');
  await writeFile(join(root, 'fresh'), 'other');
  await utimes(join(root, 'fresh'), longAgo, longAgo);
  await rename(join(root, 'fresh'), join(root, 'a.json'));
  expect(await body('a.json')).toBe('other');
  await writeFile(join(root, 'a.json'), 'third');
  await aged('a.json');
  expect(await body('a.json')).toBe('third');
});

test('its age is that of the file at every look, and its tag that of its content', async () => {
  await lake.put('a.json', 'first');
  await aged('a.json');
  const first = await lake.get('a.json');
  await utimes(join(root, 'a.json'), new Date(), new Date());
  const second = await lake.get('a.json');
  expect(first?.age).toBeGreaterThan(1e9);
  expect(second?.age).toBeLessThan(60_000);
  expect(second?.etag).toBe(first?.etag);
});
