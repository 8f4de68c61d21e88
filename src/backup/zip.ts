// Writes the zip of a backup, one file after the other as a stream, and notes what each was.
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { BackedUpFile } from './contents.js';

export interface ZipWriter {
  /** Returns when it has been read to its end. */
  add(path: string, open: () => Promise<Readable>): Promise<BackedUpFile>;
  /** Writes what is left; returns when all of it has reached the disk. */
  end(): Promise<void>;
  /** Writes no more; returns when nothing is open. */
  abort(): Promise<void>;
}

/** What is packed already is not packed again. */
const isPacked = (path: string): boolean => /[.](parquet|gz|zip)$/i.test(path);

/** @param file Must not be there. */
export function openZip(file: string, signal?: AbortSignal): ZipWriter {
  const zip = new ZipFile();
  const options = { flags: 'wx', mode: 0o600, flush: true } as const;
  const giveUp = new AbortController();
  const ends = { signal: signal ? AbortSignal.any([signal, giveUp.signal]) : giveUp.signal };
  const written = pipeline(zip.outputStream as Readable, createWriteStream(file, options), ends);
  // The stream at fault says so itself.
  zip.on('error', () => giveUp.abort());
  const failed = new Promise<never>((_, reject) => {
    written.catch(reject);
  });
  failed.catch(() => undefined);
  return {
    async add(path, open) {
      const hash = createHash('sha256');
      let bytes = 0;
      const counted = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          hash.update(chunk);
          bytes += chunk.length;
          done(null, chunk);
        },
      });
      const read = pipeline(await open(), counted);
      zip.addReadStream(counted, path, {
        ...(isPacked(path) ? { compress: false } : { compressionLevel: 1 }),
        mode: 0o600,
      });
      // Where nobody writes on, nothing is read on either.
      await Promise.race([read, failed]);
      return { path, bytes, sha256: hash.digest('hex') };
    },
    async end() {
      zip.end();
      await written;
    },
    async abort() {
      giveUp.abort();
      await written.catch(() => undefined);
    },
  };
}

export const streamOf = (text: string | Buffer): Readable => Readable.from([Buffer.from(text)]);
