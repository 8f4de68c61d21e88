// A gzip while it arrives: what comes out of it is counted for as long as it is suspicious.
//
// A text inflates 5 to 20 times, so of an honest file only the beginning is inflated twice. What is left for the landing,
// which counts all: a file that turns into a bomb behind an honest beginning, and one so large that saying so early would cost
// more than it spares.
import { createGunzip } from 'node:zlib';
import { CHUNK_BYTES } from './chunk.js';
import { unzipFault } from './gzip.js';
import { isPlausible, refuseBomb } from './inflation.js';
import type { Arriving } from './member.js';

/** Packed bytes from which the ratio can be told. */
const BEGINNING_BYTES = 64 * 1024;
/** Inflated bytes, some seconds of one processor. */
const MOST_IN_VAIN_BYTES = 4 * 1024 ** 3;

/** `most` bounds the size of the whole file, in bytes. `take` throws ARCHIVE_BOMB and ARCHIVE_DAMAGED. */
export function arrivingGzip(file: string, most: number): Arriving {
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  let stored = 0;
  let inflated = 0;
  // Who wrote the bytes at which it ends or fails is not called back.
  let ended = () => {};
  let failed: (cause: unknown) => void = () => {};
  gunzip.on('data', ({ length }: Buffer) => {
    inflated += length;
  });
  gunzip.on('end', () => ended());
  gunzip.on('error', (cause) => failed(cause));

  const inflate = (chunk: Buffer) =>
    new Promise<void>((resolve, reject) => {
      ended = resolve;
      failed = (cause) => reject(unzipFault(file, cause));
      gunzip.write(chunk, () => resolve());
    });

  return {
    async take(chunk) {
      if (gunzip.destroyed) return;
      await inflate(chunk);
      stored += chunk.length;
      refuseBomb(file, inflated, most);
      const isHonest = stored >= BEGINNING_BYTES && isPlausible(inflated, stored);
      if (isHonest || gunzip.readableEnded || inflated > MOST_IN_VAIN_BYTES) gunzip.destroy();
    },
    close: () => gunzip.destroy(),
  };
}
