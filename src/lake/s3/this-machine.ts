// What the operating system refuses to the copies and the scratch of a lake in S3, as coded errors.
import { CarelakeError, type ErrorCode } from '../../errors.js';

const codes: Readonly<Record<string, ErrorCode>> = {
  EACCES: 'LAKE_READ_ONLY',
  EPERM: 'LAKE_READ_ONLY',
  EROFS: 'LAKE_READ_ONLY',
  ENOSPC: 'LAKE_DISK_FULL',
  EDQUOT: 'LAKE_DISK_FULL',
};

export async function onThisMachine<T>(folder: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    const { code, syscall, message } = cause as NodeJS.ErrnoException;
    if (cause instanceof CarelakeError || code === undefined || syscall === undefined) throw cause;
    throw new CarelakeError(codes[code] ?? 'LAKE_FAILED', `s3 lake: its copies in ${folder}: ${message}`, { cause });
  }
}
