// Folders and files that are not of the lake yet: where they lie, and how a crash's leavings are found and removed.
import { lstat, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { livenessOf, ownName } from '../process-identity.js';
import { ignoring, makeFolder } from './files.js';

/** The folder of locks stands beside the scratch folders and is never swept. */
export const locksFolder = 'locks';

/** A path below `scratch` that no other call gets. */
export async function newPath(scratch: string): Promise<string> {
  await makeFolder(scratch);
  return join(scratch, await ownName());
}

export async function newFolder(scratch: string): Promise<string> {
  const path = await newPath(scratch);
  await mkdir(path, { mode: 0o700 });
  return path;
}

/** Removes what a process that no longer lives left behind, last changed more than `olderThanMs` ago. */
export async function sweep(
  scratch: string,
  olderThanMs: number,
  dry: boolean,
): Promise<{ removed: number; bytes: number }> {
  const swept = { removed: 0, bytes: 0 };
  for (const name of (await ignoring('ENOENT', readdir(scratch))) ?? []) {
    if (name === locksFolder || (await livenessOf(name)) === 'alive') continue;
    const { bytes, changed } = await extentOf(join(scratch, name));
    if (Date.now() - changed < olderThanMs) continue;
    if (!dry) await rm(join(scratch, name), { recursive: true, force: true });
    swept.removed++;
    swept.bytes += bytes;
  }
  return swept;
}

/** The bytes of a file or of all files below a folder, and when any of it last changed (ms since 1970). */
async function extentOf(path: string): Promise<{ bytes: number; changed: number }> {
  const stat = await ignoring('ENOENT', lstat(path));
  if (!stat) return { bytes: 0, changed: 0 };
  if (!stat.isDirectory()) return { bytes: stat.size, changed: stat.mtimeMs };
  const whole = { bytes: 0, changed: stat.mtimeMs };
  for (const name of (await ignoring('ENOENT', readdir(path))) ?? []) {
    const { bytes, changed } = await extentOf(join(path, name));
    whole.bytes += bytes;
    whole.changed = Math.max(whole.changed, changed);
  }
  return whole;
}
