// Waits until the log of a file of SQLite (its -wal) is on the disk, beside the event loop and once for all who wait.
import { statSync } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface Disk {
  /** When it returns, all that had been committed when it was called has reached the disk. */
  reached(): Promise<void>;
  close(): Promise<void>;
}

export function diskOf(file: string): Disk {
  let opened: Promise<OpenLog> | undefined;
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;

  async function flush(): Promise<void> {
    // What one asks for while the disk works may have come too late for it.
    next = undefined;
    opened ??= openLog(file).catch((error) => {
      opened = undefined;
      throw error;
    });
    const { log, files } = await opened;
    await log.datasync();
    requireThere(files);
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
      await (await opened)?.log.close();
    },
  };
}

/** A file, and which one it was when it was opened. */
interface KnownFile {
  readonly path: string;
  readonly ino: number;
  readonly dev: number;
}

interface OpenLog {
  readonly log: FileHandle;
  readonly files: readonly KnownFile[];
}

/** That there is such a file must have reached the disk, too: it may be new, and SQLite leaves that to us. */
async function openLog(file: string): Promise<OpenLog> {
  const files = await Promise.all([file, `${file}-wal`].map(async (path) => ({ path, ...(await stat(path)) })));
  const log = await open(`${file}-wal`, 'r+');
  const folder = await open(dirname(file), 'r');
  await folder.sync().finally(() => folder.close());
  return { log, files };
}

/**
 * SQLite goes on writing into files that were removed or moved away, and all of it would be gone with this process. Asked
 * without a promise, which would take the event loop longer than the system needs to answer.
 * @throws Error
 */
function requireThere(files: readonly KnownFile[]): void {
  for (const { path, ino, dev } of files) {
    const there = statSync(path, { throwIfNoEntry: false });
    if (there?.ino === ino && there.dev === dev) continue;
    throw new Error(`${path} is not the file that was opened: what is written now would be lost with this process.`);
  }
}

/** Of a disk that takes no writing: what is there is there. */
export const still: Disk = { reached: async () => undefined, close: async () => undefined };
