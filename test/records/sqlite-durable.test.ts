// A write returns when the disk has it: until then it is not acknowledged, the event loop goes on, and all who wait share one
// wait.
import { type FileHandle, mkdtemp, open as openFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Records } from '../../src/records/records.js';
import { openSqliteRecords } from '../../src/records/sqlite/open.js';
import { all, written } from '../contracts/written.js';

let folder: string;
let records: Records;
/** What every handle of a file has, to hold the disk up. */
let handles: FileHandle;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carelake-durable-'));
  records = await openSqliteRecords({ file: join(folder, 'records.sqlite'), workspace: 'default' });
  const handle = await openFile(folder);
  handles = Object.getPrototypeOf(handle) as FileHandle;
  await handle.close();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await records.close();
  await rm(folder, { recursive: true });
});

/** Lets every wait for the disk last until it is told to end. */
function heldUp() {
  let release: () => void = () => undefined;
  const free = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { datasync: vi.spyOn(handles, 'datasync').mockImplementation(() => free), release };
}

/** Whether it has ended already, a while after it began. */
async function hasEnded(work: Promise<unknown>): Promise<boolean> {
  return Promise.race([work.then(() => true), pause(20, false)]);
}

const lastSequence = async () => (await records.entries.end()).sequence;

test('an entry and a document are acknowledged when the disk has them, and not before', async () => {
  const users = records.directory.collection<{ name: string }>({ name: 'users', indexed: [] });
  const { release } = heldUp();
  const writes = [records.entries.append(written('P1', { age: 1 })), users.insert('ada', { name: 'Ada' })];
  for (const write of writes) expect(await hasEnded(write)).toBe(false);
  release();
  await Promise.all(writes);
});

test('many at once wait together', async () => {
  await records.entries.end();
  const { datasync, release } = heldUp();
  const writes = Array.from({ length: 20 }, (_, n) => records.entries.append(written(`P${n}`, { age: n })));
  await vi.waitFor(async () => expect(await lastSequence()).toBe(20));
  release();
  await Promise.all(writes);
  expect(datasync.mock.calls.length).toBeLessThanOrEqual(2);
});

test('what was read has settled when the disk has it, whoever wrote it', async () => {
  const file = join(folder, 'records.sqlite');
  const other = await openSqliteRecords({ file, workspace: 'default' });
  try {
    await records.entries.end();
    const { release } = heldUp();
    const write = other.entries.append(written('P1', { age: 1 }));
    await vi.waitFor(async () => expect(await lastSequence()).toBe(1));
    expect(await all(records.entries.read(0))).toHaveLength(1);
    const settled = records.entries.settled();
    expect(await hasEnded(settled)).toBe(false);
    release();
    await settled;
    await write;
  } finally {
    await other.close();
  }
});

test('a disk that fails is said, and the write is not acknowledged', async () => {
  vi.spyOn(handles, 'datasync').mockRejectedValueOnce(new Error('EIO: i/o error, fdatasync'));
  await expect(records.entries.append(written('P1', { age: 1 }))).rejects.toMatchObject({ code: 'RECORDS_FAILED' });
});
