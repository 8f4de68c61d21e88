// Why a file or folder that the user named cannot be read, as a coded error.
import { CarelakeError } from '../../errors.js';

/** FILE_NOT_FOUND, FILE_UNREADABLE for what else the system says; any other error as it is. */
export function unreadable(file: string, cause: unknown): unknown {
  const { code, syscall, message } = cause as NodeJS.ErrnoException;
  if (cause instanceof CarelakeError || code === undefined || syscall === undefined) return cause;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new CarelakeError('FILE_NOT_FOUND', `There is no ${file}.`, { cause });
  }
  return new CarelakeError('FILE_UNREADABLE', `${file} cannot be read: ${message}`, { cause });
}
