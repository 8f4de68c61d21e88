// Work in a scratch folder of the lake: it is removed in the end, and what the system refuses there is a coded error.
import { rm } from 'node:fs/promises';
import { CarelakeError, type ErrorCode } from '../errors.js';
import type { Lake } from './lake.js';

const codes: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: 'LAKE_DISK_FULL',
  EDQUOT: 'LAKE_DISK_FULL',
  EACCES: 'LAKE_READ_ONLY',
  EPERM: 'LAKE_READ_ONLY',
  EROFS: 'LAKE_READ_ONLY',
};

/** @throws LAKE_DISK_FULL, LAKE_READ_ONLY, LAKE_FAILED where the system fails, and whatever the work throws. */
export async function inScratch<Result>(lake: Lake, work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await lake.scratch();
  try {
    return await work(folder);
  } catch (error) {
    throw scratchFault(error);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the system said as a coded error; any other error as it is. */
export function scratchFault(error: unknown): unknown {
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  if (error instanceof CarelakeError || code === undefined || syscall === undefined) return error;
  // So says Node of a folder that it may not make within one that is there.
  const isRefused = code === 'ENOENT' && syscall === 'mkdir';
  return new CarelakeError(
    isRefused ? 'LAKE_READ_ONLY' : (codes[code] ?? 'LAKE_FAILED'),
    `Writing to the lake: ${message}`,
    { cause: error },
  );
}
