// The file that SQLite is to write: made by us, with the rights that it is to have.
import { access, constants, mkdir, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CarelakeError } from '../../errors.js';
import { recordsFault } from './faults.js';

/**
 * SQLite would let everybody of the machine read a file that it makes; what it puts beside the file gets its rights. One that is
 * there is not opened: to close it again would take the locks from all who have it open in this process (POSIX, fcntl).
 */
export async function makeFile(file: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await (await open(file, 'wx', 0o600)).close();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw recordsFault(file, cause);
  }
}

/** Whether the disk itself takes no writing, whoever asks. A folder that is only closed to somebody refuses them. */
export const isOnReadOnlyDisk = (file: string): Promise<boolean> =>
  access(dirname(file), constants.W_OK).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === 'EROFS',
  );

/** @throws RECORDS_FAILED where a crash left writes beside the file, which SQLite would first have to bring into it */
export async function requireWhole(file: string): Promise<void> {
  const left = await stat(`${file}-wal`).catch(() => undefined);
  if (!left || left.size === 0) return;
  throw new CarelakeError('RECORDS_FAILED', `sqlite records: ${file}-wal holds writes, and the disk is read-only.`);
}
