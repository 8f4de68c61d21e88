// What the system says while a result is written where the user asked for it, as coded errors that name the place.
import { CarelakeError } from '../../errors.js';

/** @throws LAKE_DISK_FULL, OUTPUT_FAILED, and the coded errors of the call. */
export async function writingTo<Result>(path: string, call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (cause instanceof CarelakeError || code === undefined) throw cause;
    const isFull = code === 'ENOSPC' || code === 'EDQUOT';
    throw new CarelakeError(isFull ? 'LAKE_DISK_FULL' : 'OUTPUT_FAILED', `Writing ${path}: ${message}`, { cause });
  }
}
