// Waits until the log of a file of SQLite (its -wal) is on the disk, beside the event loop and once for all who wait.
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface Disk {
  /** When it returns, all that had been committed when it was called has reached the disk. */
  reached(): Promise<void>;
  close(): Promise<void>;
}

export function diskOf(file: string): Disk {
  let handle: Promise<FileHandle> | undefined;
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;

  async function flush(): Promise<void> {
    // What one asks for while the disk works may have come too late for it.
    next = undefined;
    handle ??= openLog(file).catch((error) => {
      handle = undefined;
      throw error;
    });
    await (await handle).datasync();
  }

  return {
    reached() {
      if (!next) {
        next = running.then(flush);
        running = next.catch(() => undefined);
      }
      return next;
    },
    async close() {
      await running;
      await (await handle)?.close();
    },
  };
}

/** That there is such a file must have reached the disk, too: it may be new, and SQLite leaves that to us. */
async function openLog(file: string): Promise<FileHandle> {
  const log = await open(`${file}-wal`, 'r+');
  const folder = await open(dirname(file), 'r');
  await folder.sync().finally(() => folder.close());
  return log;
}

/** Of a disk that takes no writing: what is there is there. */
export const still: Disk = { reached: async () => undefined, close: async () => undefined };
