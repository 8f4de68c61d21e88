// Where files that come by HTTP wait until they have landed: on this machine's disk, each in a folder of its own, through
// restarts. What was cut short, or is no longer needed, is collected.
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CarelakeError } from '../../errors.js';
import { flush } from '../../lake/files.js';
import { scratchFault } from '../../lake/in-scratch.js';
import { arrivingArchive } from '../../sources/text/archive.js';
import { requireKind, safeName } from './safe-name.js';
import { nameFile, nameSpool, spoolName } from './spool-name.js';

export interface Spooled {
  readonly id: string;
  /** The name of the spool it lies in. */
  readonly spool: string;
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface Spool {
  /** Undefined until a file has come. */
  name(): Promise<string | undefined>;
  /**
   * The whole file, on the disk. @throws UPLOAD_TYPE, UPLOAD_TOO_LARGE, LAKE_DISK_FULL, and for an archive what is wrong with it
   * and known before it is whole: the rest is found when it lands.
   * @param announced How many bytes it has at most, where its sender says so.
   */
  take(id: string, name: string, content: Readable, announced?: number): Promise<Spooled>;
  pathOf(id: string, name: string): string;
  drop(id: string): Promise<void>;
  /** Removes what `isNeeded` does not name, unless it is younger than an hour: it may be on its way. */
  collect(isNeeded: (id: string) => Promise<boolean>): Promise<void>;
}

const youngMs = 3_600_000;
const partly = '.part';

export function openSpool(folder: string, mostBytes: number): Spool {
  const placeOf = (id: string) => join(folder, id);

  async function receive(path: string, name: string, content: Readable, most: number) {
    const hash = createHash('sha256');
    const archive = arrivingArchive(name, most);
    let bytes = 0;
    async function* checked(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      let start = Buffer.alloc(0);
      for await (const chunk of chunks) {
        if (start.length < 4) {
          start = Buffer.concat([start, chunk.subarray(0, 4)]);
          if (start.length >= 4) requireKind(name, start);
        }
        bytes += chunk.length;
        if (bytes > mostBytes) throw tooLarge(name, mostBytes);
        await archive?.take(chunk);
        hash.update(chunk);
        yield chunk;
      }
      if (start.length < 4) requireKind(name, start);
    }
    try {
      await pipeline(content, checked, createWriteStream(path, { mode: 0o600, flags: 'wx', flush: true }));
    } finally {
      archive?.close();
    }
    return { bytes, sha256: hash.digest('hex') };
  }

  return {
    name: () => spoolName(folder),
    async take(id, given, content, announced = mostBytes) {
      const name = safeName(given);
      const part = `${placeOf(id)}${partly}`;
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const spool = await nameSpool(folder);
        await mkdir(part, { mode: 0o700 });
        const received = await receive(join(part, name), name, content, Math.min(announced, mostBytes));
        await rename(part, placeOf(id));
        await flush(placeOf(id));
        await flush(folder);
        return { id, spool, name, path: join(placeOf(id), name), ...received };
      } catch (error) {
        await rm(part, { recursive: true, force: true });
        throw scratchFault(error);
      }
    },
    pathOf: (id, name) => join(placeOf(id), name),
    drop: (id) => rm(placeOf(id), { recursive: true, force: true }),
    async collect(isNeeded) {
      for (const entry of await readdir(folder).catch(() => [])) {
        if (entry === nameFile) continue;
        const place = join(folder, entry);
        const age = Date.now() - ((await stat(place).catch(() => undefined))?.mtimeMs ?? Date.now());
        const isWanted = entry.endsWith(partly) ? age < youngMs : age < youngMs || (await isNeeded(entry));
        if (!isWanted) await rm(place, { recursive: true, force: true });
      }
    },
  };
}

export const tooLarge = (name: string, mostBytes: number) =>
  new CarelakeError('UPLOAD_TOO_LARGE', `${name} has more than ${mostBytes.toLocaleString('en-US')} bytes.`);
