// What the operating system says, as coded errors that name the driver and the file.
import { CarelakeError, type ErrorCode } from '../../errors.js';

const writing: Readonly<Record<string, ErrorCode>> = {
  EACCES: 'LAKE_READ_ONLY',
  EPERM: 'LAKE_READ_ONLY',
  EROFS: 'LAKE_READ_ONLY',
  ENOSPC: 'LAKE_DISK_FULL',
  EDQUOT: 'LAKE_DISK_FULL',
  // The key would be a folder and a file at once, or is too long for this file system.
  ENOTDIR: 'LAKE_KEY_INVALID',
  EISDIR: 'LAKE_KEY_INVALID',
  EEXIST: 'LAKE_KEY_INVALID',
  ENAMETOOLONG: 'LAKE_KEY_INVALID',
};

const reading: Readonly<Record<string, ErrorCode>> = {
  ENOENT: 'LAKE_NOT_FOUND',
  ENOTDIR: 'LAKE_NOT_FOUND',
  EISDIR: 'LAKE_NOT_FOUND',
};

/** Runs a call that changes the lake; what the system refuses becomes a coded error. */
export function whileWriting<T>(key: string, call: () => Promise<T>): Promise<T> {
  return coded('write', key, writing, call);
}

/** Runs a call that reads the lake; what the system refuses becomes a coded error. */
export function whileReading<T>(key: string, call: () => Promise<T>): Promise<T> {
  return coded('read', key, reading, call);
}

async function coded<T>(
  verb: string,
  key: string,
  codes: Readonly<Record<string, ErrorCode>>,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (cause instanceof CarelakeError || code === undefined) throw cause;
    const detail = `local lake: cannot ${verb} ${JSON.stringify(key)}: ${message}`;
    throw new CarelakeError(codes[code] ?? 'LAKE_FAILED', detail, { cause });
  }
}
