// Keeps an object of S3 in the lake as it came. It is read once: what lands is what was hashed. A lake in S3 has S3 copy
// that very version; any other gets the bytes as they pass, by way of a file in its scratch.
import { createHash } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { scratchFault } from '../../lake/in-scratch.js';
import type { Lake } from '../../lake/lake.js';
import { addressOf, type Objects, type StoredObject } from '../../lake/objects.js';
import type { Streamed } from '../../sources/text/member.js';
import { keepOnce, type RawFile, storeCopy } from './raw-file.js';

/** An object whose text is read as it comes. */
export function streamObject(lake: Lake, { object, open: read, textOf }: Streamed): RawFile {
  const taken = new TakenObject(lake, object);
  return {
    get sha256() {
      return taken.sha256;
    },
    get object() {
      return taken.object;
    },
    take: async () => undefined,
    text: async () => textOf(Readable.from(taken.pass(read, !lake.copyIn), { objectMode: false })),
    keep: () => taken.keep(),
    drop: () => taken.drop(),
  };
}

/** An object that must be a file to be read, and the path of that. */
export async function fetchObject(
  lake: Lake,
  objects: Objects,
  object: StoredObject,
): Promise<{ raw: RawFile; path: string }> {
  const taken = new TakenObject(lake, object);
  try {
    for await (const _ of taken.pass(() => objects.read(object), true));
    const { sha256, object: whole, path = '' } = taken;
    const text: RawFile['text'] = (member) => member.open(path);
    return {
      raw: {
        sha256,
        object: whole,
        take: async () => undefined,
        text,
        keep: () => taken.keep(),
        drop: () => taken.drop(),
      },
      path,
    };
  } catch (error) {
    await taken.drop();
    throw scratchFault(error);
  }
}

class TakenObject {
  sha256: string | undefined;
  object: StoredObject;
  /** The file of its bytes, where they were written. */
  path: string | undefined;
  readonly #lake: Lake;

  constructor(lake: Lake, object: StoredObject) {
    this.#lake = lake;
    this.object = object;
  }

  /** Its bytes, which are hashed, and written where that is wanted, on their way. */
  async *pass(read: Streamed['open'], isWritten: boolean): AsyncGenerator<Buffer, void, undefined> {
    const { version, chunks } = await read();
    if (version !== undefined) this.object = { ...this.object, version };
    const hash = createHash('sha256');
    let file: FileHandle | undefined;
    try {
      if (isWritten) {
        this.path = join(await this.#lake.scratch(), basename(this.object.key));
        file = await open(this.path, 'wx', 0o600);
      }
      for await (const chunk of chunks) {
        hash.update(chunk);
        await file?.writeFile(chunk);
        yield chunk;
      }
    } finally {
      await file?.close();
    }
    this.sha256 = hash.digest('hex');
  }

  async keep(): Promise<void> {
    const { sha256, object, path } = this;
    if (sha256 === undefined) throw new Error(`${addressOf(object)} was not read to its end.`);
    await keepOnce(this.#lake, sha256, async (key) => {
      if (this.#lake.copyIn) await this.#lake.copyIn(object, `${key}/${basename(object.key)}`);
      else if (path !== undefined) await storeCopy(this.#lake, path, key);
    });
  }

  async drop(): Promise<void> {
    if (this.path !== undefined) await rm(dirname(this.path), { recursive: true, force: true });
  }
}
