// Copies of files of the lake on this machine. A copy is named by what it is a copy of, so it is never stale; it is whole
// or not there; and it is never taken from a process that reads it, also one that shares the folder.
//
//   objects/<id>          the copies, as many as fit; the least recently used go first
//   holds/<process>/<id>  second names (hard links) of those that a process has in use: evicting takes the first name only
//   scratch/<process>/    what is not of the lake yet
import { chmod, link, open, readdir, rename, rm, stat, unlink, utimes } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { livenessOf } from '../../process-identity.js';
import { ignoring, makeFolder } from '../files.js';
import { newFolder, sweep } from '../scratch.js';
import { onThisMachine } from './this-machine.js';

export interface CacheOptions {
  /** On one file system that has hard links; made with the first use. */
  readonly folder: string;
  /** What the copies may take together, in bytes. What is in use may take more. */
  readonly bytes: number;
}

export interface Cache {
  /** The folder above the scratch folders. */
  readonly scratch: string;
  /** A path to the copy `id`, which stays until `release` or `close`; `fetch` writes it where there is none. */
  take(id: string, bytes: number, fetch: (path: string) => Promise<void>): Promise<string>;
  /** As `Lake.release`. */
  release(paths: readonly string[]): Promise<void>;
  /** Keeps a file that this machine has already as the copy `id`. */
  adopt(id: string, path: string, bytes: number): Promise<void>;
  newScratch(): Promise<string>;
  /** Removes what processes left that no longer live. */
  sweep(olderThanMs: number, dry: boolean): Promise<{ removed: number; bytes: number }>;
  close(): Promise<void>;
}

/** After this part of its size has come, the folder is looked through again: other processes fill it, too. */
const looks = 16;

interface Taken {
  readonly path: Promise<string>;
  readers: number;
}

export function openCache({ folder, bytes: most }: CacheOptions): Cache {
  const scratch = join(folder, 'scratch');
  const objects = join(folder, 'objects');
  const holds = join(folder, 'holds');
  /** By id. */
  const taken = new Map<string, Taken>();
  let names = 0;
  let hold: Promise<string> | undefined;
  /** How many bytes may still come before the folder is looked through again. */
  let room = 0;

  async function copyOf(id: string, bytes: number, fetch: (path: string) => Promise<void>): Promise<string> {
    hold ??= newFolder(holds);
    await makeFolder(objects);
    const object = join(objects, id);
    // A name of its own each time: the one that was released may not be gone yet.
    const held = join(await hold, `${id}-${++names}`);
    if (await isLinked(object, held, bytes)) {
      const now = new Date();
      await ignoring('ENOENT', utimes(object, now, now));
      return held;
    }
    await makeRoom(bytes);
    const part = `${held}.part`;
    await fetch(part);
    await makeDurable(part);
    await rename(part, held);
    await ignoring('EEXIST', link(held, object));
    return held;
  }

  /** A copy of another size was torn by a power cut: it is no copy. */
  async function isLinked(object: string, held: string, bytes: number): Promise<boolean> {
    if (
      (await ignoring(
        'ENOENT',
        link(object, held).then(() => true),
      )) === undefined
    )
      return false;
    if ((await stat(held)).size === bytes) return true;
    await unlink(held);
    await ignoring('ENOENT', unlink(object));
    return false;
  }

  /** Evicts until so many bytes more fit, or all that is left is in use. */
  async function makeRoom(bytes: number): Promise<void> {
    room -= bytes;
    if (room > 0) return;
    for (const name of (await ignoring('ENOENT', readdir(holds))) ?? []) {
      if ((await livenessOf(name)) === 'dead') await rm(join(holds, name), { recursive: true, force: true });
    }
    const found = await Promise.all(
      (await readdir(objects)).map(async (id) => {
        const path = join(objects, id);
        const file = await ignoring('ENOENT', stat(path));
        return file && { path, size: file.size, used: file.mtimeMs, links: file.nlink };
      }),
    );
    const copies = found.filter((copy) => copy !== undefined).sort((a, b) => a.used - b.used);
    let all = copies.reduce((sum, { size }) => sum + size, bytes);
    for (const { path, size, links } of copies) {
      if (all <= most) break;
      // In use: its bytes would stay, and another process would fetch it again.
      if (links > 1) continue;
      await ignoring('ENOENT', unlink(path));
      all -= size;
    }
    room = Math.min(most - all, most / looks);
  }

  return {
    scratch,
    newScratch: () => onThisMachine(folder, () => newFolder(scratch)),

    take(id, bytes, fetch) {
      const known = taken.get(id);
      if (known) {
        known.readers += 1;
        return known.path;
      }
      const path = onThisMachine(folder, () => copyOf(id, bytes, fetch));
      taken.set(id, { path, readers: 1 });
      // What failed may be asked for again.
      path.catch(() => taken.delete(id));
      return path;
    },

    release: (paths) =>
      onThisMachine(folder, async () => {
        for (const path of paths) {
          // The name of a copy is its id and the number of the hold.
          const id = basename(path).replace(/-[0-9]+$/, '');
          const copy = taken.get(id);
          if (!copy || (await copy.path) !== path || --copy.readers > 0) continue;
          taken.delete(id);
          await ignoring('ENOENT', unlink(path));
        }
      }),

    adopt: (id, path, bytes) =>
      onThisMachine(folder, async () => {
        if (bytes > most) return;
        await makeFolder(objects);
        await makeRoom(bytes);
        await makeDurable(path);
        await ignoring('EEXIST', link(path, join(objects, id)));
      }),

    sweep: (olderThanMs, dry) =>
      onThisMachine(folder, async () => {
        const [left, held] = [await sweep(scratch, olderThanMs, dry), await sweep(holds, olderThanMs, dry)];
        return { removed: left.removed + held.removed, bytes: left.bytes + held.bytes };
      }),

    async close() {
      await Promise.allSettled([...taken.values()].map(({ path }) => path));
      taken.clear();
      const left = await hold;
      hold = undefined;
      if (left !== undefined) await rm(left, { recursive: true, force: true });
    },
  };
}

/** Flushed, so that after a power cut its name never stands for less than its content; and closed to others. */
async function makeDurable(path: string): Promise<void> {
  await chmod(path, 0o600);
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
