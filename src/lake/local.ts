// A lake in a folder of this machine. What is being written lies under `.scratch` and enters by a rename or a link, so a
// reader sees a file whole or not at all, and a crash leaves nothing but scratch.
import { link, lstat, open, rename, rm, unlink } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { CarelakeError } from '../errors.js';
import { enter, flushTree, ignoring, isFault, writeDurably } from './files.js';
import { checkKey, checkPrefix, ownFolder } from './keys.js';
import type { Condition, Lake, Tagged } from './lake.js';
import { whileReading, whileWriting } from './local/faults.js';
import { withLock } from './local/lock.js';
import { readsUnchanged } from './local/unchanged.js';
import { removeEmptyAbove, walk } from './local/walk.js';
import { locksFolder, newFolder, newPath, sweep } from './scratch.js';
import { tagOf } from './tag.js';

/** Opens the lake below `root`, which is made with the first write. Nothing is held open: `close` has nothing to do. */
export function openLocalLake({ root: given }: { root: string }): Lake {
  const root = resolve(given);
  const scratch = join(root, ownFolder);

  const read = readsUnchanged();
  const pathOf = (key: string) => join(root, checkKey('local', key));
  const lockOf = (key: string) => join(scratch, locksFolder, tagOf(key));

  /** Writes the body beside the lake and hands its path to `move`, which brings it in. */
  async function bringIn(target: string, body: string | Buffer, move: (fresh: string) => Promise<void>): Promise<void> {
    const fresh = await newPath(scratch);
    try {
      await writeDurably(fresh, body);
      await enter(target, () => move(fresh));
    } finally {
      await ignoring('ENOENT', unlink(fresh));
    }
  }

  async function get(key: string): Promise<Tagged | undefined> {
    try {
      return await read(pathOf(key));
    } catch (error) {
      if (isFault(error, 'ENOENT', 'ENOTDIR', 'EISDIR')) return undefined;
      return whileReading(key, () => Promise.reject(error));
    }
  }

  async function create(key: string, body: string | Buffer): Promise<void> {
    const target = pathOf(key);
    await bringIn(target, body, async (fresh) => {
      try {
        await link(fresh, target);
      } catch (cause) {
        if (!isFault(cause, 'EEXIST')) throw cause;
        throw new CarelakeError('LAKE_CONFLICT', `local lake: ${JSON.stringify(key)} already exists.`, { cause });
      }
    });
  }

  async function swap(key: string, body: string | Buffer, etag: string): Promise<void> {
    const target = pathOf(key);
    await withLock(lockOf(key), async (ensureHeld) => {
      const present = await get(key);
      if (present?.etag !== etag) {
        const found = present ? 'has another content than the one that was read' : 'is no longer there';
        throw new CarelakeError('LAKE_CONFLICT', `local lake: ${JSON.stringify(key)} ${found}.`);
      }
      await bringIn(target, body, async (fresh) => {
        await ensureHeld();
        await rename(fresh, target);
      });
    });
  }

  /** Whether a complete folder lies at the target; a part of one, which only a cut-off copy can leave, is cleared. */
  async function isComplete(target: string, last: string): Promise<boolean> {
    if (await ignoring('ENOENT', lstat(join(target, last)))) return true;
    const aside = await newPath(scratch);
    await ignoring('ENOENT', rename(target, aside));
    await rm(aside, { recursive: true, force: true });
    return false;
  }

  return {
    driver: 'local',
    address: root,
    get,

    async read(key) {
      const path = pathOf(key);
      return whileReading(key, async () => {
        const file = await open(path);
        if ((await file.stat()).isFile()) return file.createReadStream();
        await file.close();
        throw new CarelakeError('LAKE_NOT_FOUND', `local lake: ${JSON.stringify(key)} is a folder.`);
      });
    },

    async put(key, body) {
      const target = pathOf(key);
      // Under the lock, so that no swap that has compared already writes over this.
      await whileWriting(key, () =>
        withLock(lockOf(key), () => bringIn(target, body, (fresh) => rename(fresh, target))),
      );
      return tagOf(body);
    },

    async putIf(key, body, condition: Condition) {
      await whileWriting(key, () => ('absent' in condition ? create(key, body) : swap(key, body, condition.etag)));
      return tagOf(body);
    },

    list: (prefix) => walk(root, checkPrefix('local', prefix)),

    async remove(keys) {
      for (const key of keys) {
        const path = pathOf(key);
        await whileWriting(key, async () => {
          if (!(await ignoring('ENOENT', lstat(path)))) return;
          await withLock(lockOf(key), () => ignoring('ENOENT', unlink(path)));
          await removeEmptyAbove(root, path);
        });
      }
    },

    scratch: () => whileWriting(ownFolder, () => newFolder(scratch)),

    async commit(folder, key, last) {
      const target = pathOf(key);
      if (dirname(resolve(folder)) !== scratch) {
        throw new CarelakeError('LAKE_FAILED', `local lake: ${folder} is no scratch folder of ${root}.`);
      }
      await whileReading(join(basename(folder), last), () => lstat(join(folder, last)));
      return whileWriting(key, async () => {
        await flushTree(folder);
        return withLock(lockOf(key), async (ensureHeld) => {
          if (await isComplete(target, last)) {
            await rm(folder, { recursive: true });
            return false;
          }
          await ensureHeld();
          await enter(target, () => rename(folder, target));
          return true;
        });
      });
    },

    async checkout(keys) {
      const paths = keys.map(pathOf);
      for (const [index, path] of paths.entries()) {
        const key = keys[index] ?? path;
        const stat = await whileReading(key, () => lstat(path));
        if (!stat.isFile())
          throw new CarelakeError('LAKE_NOT_FOUND', `local lake: ${JSON.stringify(key)} is a folder.`);
      }
      return paths;
    },

    // The paths are those of the lake's own files.
    release: async () => {},
    sweep: (olderThanMs, dry) => whileWriting(ownFolder, () => sweep(scratch, olderThanMs, dry)),
    close: async () => {},
  };
}
