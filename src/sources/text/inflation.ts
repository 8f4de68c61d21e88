// The bytes that come out of an archive: watched, so that they fill neither memory nor disk beyond all measure.
import { type Readable, Stream } from 'node:stream';
import { CarelakeError } from '../../errors.js';

/** Below this nothing is said, in bytes: small files of one repeated line inflate by any factor. */
const HARMLESS_BYTES = 100 * 1024 * 1024;
/** Text of a hospital inflates about 5 to 20 times. */
const LARGEST_RATIO = 200;

/** Both in bytes. */
export const isPlausible = (inflated: number, stored: number): boolean => inflated <= LARGEST_RATIO * stored;

/** Throws ARCHIVE_BOMB where so many bytes come out of so few, both in bytes. */
export function refuseBomb(file: string, inflated: number, stored: number): void {
  if (inflated <= HARMLESS_BYTES || isPlausible(inflated, stored)) return;
  throw new CarelakeError('ARCHIVE_BOMB', `${file}: ${stored} bytes inflate to ${inflated} bytes or more`);
}

/** A stream of what `inflating` gives, which fails with ARCHIVE_BOMB in time, or with what `named` makes of a failure. */
export function watched(
  file: string,
  inflating: AsyncIterable<Buffer>,
  stored: number,
  named: (cause: unknown) => CarelakeError,
): Readable {
  async function* chunks(): AsyncGenerator<Buffer, void, undefined> {
    let inflated = 0;
    try {
      for await (const chunk of inflating) {
        inflated += chunk.length;
        refuseBomb(file, inflated, stored);
        yield chunk;
      }
    } catch (cause) {
      throw cause instanceof CarelakeError ? cause : named(cause);
    }
  }
  return Stream.Readable.from(chunks(), { objectMode: false });
}
