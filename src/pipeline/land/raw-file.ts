// Keeps a file in the lake as it came: one folder a content, so the same bytes twice are one file.
import { createHash, randomUUID } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { copyFile, link, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Lake } from '../../lake/lake.js';
import { isCollecting } from '../collecting.js';
import { inScratch, scratchFault } from '../scratch.js';

export interface RawFile {
  readonly sha256: string;
  /** A copy on this machine that nobody else changes. */
  readonly path: string;
  /**
   * Puts it into the lake where it is not there: once it is known that its records can land, so that no batch is without
   * it, and again once the batch is there, which alone keeps a collection at work from removing it (see collecting.ts).
   */
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
    return { sha256, path, drop, keep: () => keep(lake, path, `raw/files/${sha256}`) };
  } catch (error) {
    await drop();
    throw scratchFault(error);
  }
}

async function keep(lake: Lake, path: string, key: string): Promise<void> {
  const threatened = await isCollecting(lake);
  if (!threatened && (await isThere(lake, key))) return;
  await inScratch(lake, async (folder) => {
    // A second name of the same bytes: the copy stays, should it be needed again.
    await link(path, join(folder, basename(path)));
    await lake.commit(folder, threatened ? `${key}/${randomUUID()}` : key, basename(path));
  });
}

async function isThere(lake: Lake, key: string): Promise<boolean> {
  for await (const _ of lake.list(key)) return true;
  return false;
}

async function digestOf(path: string, signal: AbortSignal | undefined): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 4 * 1024 * 1024, ...(signal && { signal }) }))
    hash.update(chunk as Buffer);
  return hash.digest('hex');
}
