// Keeps a file in the lake as it came: one folder a content, so the same bytes twice are one file.
import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { copyFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Lake } from '../../lake/lake.js';
import { scratchFault } from '../scratch.js';

export interface RawFile {
  readonly sha256: string;
  /** A copy on this machine that nobody else changes. */
  readonly path: string;
  /** Puts it into the lake, once it is known that its records can land. */
  keep(): Promise<void>;
  /** Removes the copy. */
  drop(): Promise<void>;
}

/** Copies first and reads the copy, so that a file that is still being written cannot be two things at once. */
export async function takeRawFile(lake: Lake, original: string, signal?: AbortSignal): Promise<RawFile> {
  const folder = await lake.scratch();
  const name = basename(original);
  const path = join(folder, name);
  const drop = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await copyFile(original, path, constants.COPYFILE_FICLONE);
    const sha256 = await digestOf(path, signal);
    return { sha256, path, drop, keep: () => keep(lake, folder, `raw/files/${sha256}`, name) };
  } catch (error) {
    await drop();
    throw scratchFault(error);
  }
}

async function keep(lake: Lake, folder: string, key: string, name: string): Promise<void> {
  for await (const _ of lake.list(key)) return;
  await lake.commit(folder, key, name);
}

async function digestOf(path: string, signal: AbortSignal | undefined): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 4 * 1024 * 1024, ...(signal && { signal }) }))
    hash.update(chunk as Buffer);
  return hash.digest('hex');
}
