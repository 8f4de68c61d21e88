// Files and folders that survive a power cut: written, flushed, and their folder's entry flushed too.
// Only the owner may read them: a lake holds patients' data.
import { chmod, mkdir, open, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export function isFault(error: unknown, ...codes: string[]): boolean {
  return codes.includes(String((error as NodeJS.ErrnoException | undefined)?.code));
}

/** The result, or undefined where the call failed with this one code. */
export async function ignoring<T>(code: string, call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isFault(error, code)) return undefined;
    throw error;
  }
}

/** Makes a folder and those above it. */
export async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 });
  if (!first) return;
  for (let folder = path; folder.length >= first.length; folder = dirname(folder)) await flush(dirname(folder));
}

/** Writes a new file; it must not exist. */
export async function writeDurably(path: string, body: string | Buffer): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(body);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes an entry in `target`'s folder, which another process may remove as empty in the moment before. */
export async function enter(target: string, move: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await makeFolder(dirname(target));
    try {
      await move();
      break;
    } catch (error) {
      if (!isFault(error, 'ENOENT') || attempt === 20) throw error;
    }
  }
  await ignoring('ENOENT', flush(dirname(target)));
}

/** Flushes every file and folder below a folder that other code has filled, and closes them to others. */
export async function flushTree(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      await flushTree(path);
      continue;
    }
    await chmod(path, 0o600);
    await flush(path);
  }
  await chmod(folder, 0o700);
  await flush(folder);
}

/** What was written to a file, or which entries a folder has, reaches the disk. */
export async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
