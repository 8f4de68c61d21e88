// Keeps a file in the lake as it came: one folder a content, so the same bytes twice are one file.
import { createHash, randomUUID } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { copyFile, link, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { inParallel } from '../../in-parallel.js';
import { inScratch, scratchFault } from '../../lake/in-scratch.js';
import type { Lake } from '../../lake/lake.js';
import type { StoredObject } from '../../lake/objects.js';
import type { Member } from '../../sources/text/member.js';
import { isCollecting } from '../collecting.js';

export interface RawFile {
  /** Of its bytes; undefined before `take`, and before the end of what is read only once, as it comes. */
  readonly sha256: string | undefined;
  /** The object that it is, where it came from S3. */
  readonly object?: StoredObject;
  /** Brings it to this machine where it must be to be read; to be called before `text`, and again without harm. */
  take(signal?: AbortSignal): Promise<void>;
  /** A text in it, from its first byte; of what is read only once, once. */
  text(member: Member): Promise<Readable>;
  /**
   * Puts it into the lake where it is not there: once it is known that its records can land, so that no batch is without
   * it, and again once the batch is there, which alone keeps a collection at work from removing it (see collecting.ts).
   */
  keep(): Promise<void>;
  /** Removes what this machine has of it. */
  drop(): Promise<void>;
}

/** Copies first and reads the copy, so that a file that is still being written cannot be two things at once. */
export function rawFile(lake: Lake, original: string): RawFile {
  let copying: Promise<{ path: string; sha256: string }> | undefined;
  let folder: string | undefined;
  let sha256: string | undefined;
  const copy = async (signal: AbortSignal | undefined) => {
    try {
      folder = await lake.scratch();
      const path = join(folder, basename(original));
      await copyFile(original, path, constants.COPYFILE_FICLONE);
      sha256 = await digestOf(path, signal);
      return { path, sha256 };
    } catch (error) {
      throw scratchFault(error);
    }
  };
  const taken = (signal?: AbortSignal) => {
    copying ??= copy(signal);
    return copying;
  };
  return {
    get sha256() {
      return sha256;
    },
    async take(signal) {
      await taken(signal);
    },
    text: async (member) => member.open((await taken()).path),
    async keep() {
      const { path, sha256 } = await taken();
      await keepOnce(lake, sha256, (key) => storeCopy(lake, path, key));
    },
    async drop() {
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** To see whether S3 has a file takes longer than anything else of it. */
const filesAtOnce = 8;

export async function keepAll(files: readonly RawFile[]): Promise<void> {
  await inParallel([...new Set(files)], filesAtOnce, (file) => file.keep());
}

/** Has a content stored unless the lake holds it, under a key that no collection at work has chosen. */
export async function keepOnce(lake: Lake, sha256: string, store: (key: string) => Promise<void>): Promise<void> {
  const key = `raw/files/${sha256}`;
  const threatened = await isCollecting(lake);
  if (!threatened && (await isThere(lake, key))) return;
  await store(threatened ? `${key}/${randomUUID()}` : key);
}

/** Stores a file of a scratch folder of the lake, which stays, should it be needed again. */
export const storeCopy = (lake: Lake, path: string, key: string): Promise<void> =>
  inScratch(lake, async (folder) => {
    await link(path, join(folder, basename(path)));
    await lake.commit(folder, key, basename(path));
  });

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
