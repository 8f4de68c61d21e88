// Every file below a folder in the order of its key, one folder in memory at a time.
import { lstat, readdir, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ignoring, isFault } from '../files.js';
import { byBytes, ownFolder } from '../keys.js';
import type { Listed } from '../lake.js';
import { whileReading } from './faults.js';

export async function* walk(root: string, prefix: string): AsyncGenerator<Listed> {
  const entries = await whileReading(prefix, () => entriesOf(join(root, prefix)));
  // As a key, a folder's name is followed by a slash: `a-b` stands before `a/c`, since - is below / in ASCII.
  const named = entries
    .filter((entry) => entry.isDirectory() || entry.isFile())
    .map((entry) => ({ name: entry.isDirectory() ? `${entry.name}/` : entry.name, folder: entry.isDirectory() }))
    .filter(({ name }) => prefix !== '' || name !== `${ownFolder}/`)
    .sort((a, b) => byBytes(a.name, b.name));
  for (const { name, folder } of named) {
    const key = prefix === '' ? name : `${prefix}/${name}`;
    if (folder) {
      yield* walk(root, key.slice(0, -1));
      continue;
    }
    const stat = await ignoring('ENOENT', lstat(join(root, key)));
    if (stat) yield { key, bytes: stat.size, modified: stat.mtime };
  }
}

/** Removes the folders above a removed file that it leaves empty, up to the root of the lake. */
export async function removeEmptyAbove(root: string, path: string): Promise<void> {
  for (let folder = dirname(path); folder.length > root.length; folder = dirname(folder)) {
    try {
      await rmdir(folder);
    } catch (error) {
      if (isFault(error, 'ENOENT')) continue;
      if (isFault(error, 'ENOTEMPTY', 'EEXIST')) return;
      throw error;
    }
  }
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isFault(error, 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  }
}
