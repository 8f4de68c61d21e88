// Which encoding a text is in: by its mark, or told from record to record; UTF-16 becomes UTF-8 as a stream.
import { isAscii, isUtf8 } from 'node:buffer';

/** What a text's first bytes tell: without a mark, its records have to. */
export type MarkedEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'unknown-8bit';

/** How a file turned out to be encoded: `mixed` where some records are UTF-8 and others windows-1252. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'mixed';

export const UTF8_MARK_BYTES = 3;

export function encodingByMark(bytes: Uint8Array): MarkedEncoding {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'unknown-8bit';
}

/** UTF-16 becomes UTF-8 without its mark (half a surrogate pair becomes U+FFFD); 8-bit text passes as it is. */
export async function* toEightBit(
  input: AsyncIterable<Buffer>,
  encoding: MarkedEncoding,
): AsyncGenerator<Buffer, void, undefined> {
  if (encoding !== 'utf-16le' && encoding !== 'utf-16be') {
    yield* input;
    return;
  }
  const decoder = new TextDecoder(encoding);
  for await (const chunk of input) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

/** Tells which 8-bit encoding each record is in, and remembers what it met. */
export class EncodingWitness {
  #utf8 = false;
  #legacy = false;

  /** Whether all of these bytes are UTF-8. */
  accepts(bytes: Uint8Array): boolean {
    if (!isUtf8(bytes)) return false;
    this.#utf8 ||= !isAscii(bytes);
    return true;
  }

  /** As `accepts`, for one whole record; what is not UTF-8 is taken as windows-1252. */
  acceptsRecord(record: Uint8Array): boolean {
    if (this.accepts(record)) return true;
    this.#legacy = true;
    return false;
  }

  get encoding(): 'utf-8' | 'windows-1252' | 'mixed' {
    if (!this.#legacy) return 'utf-8';
    return this.#utf8 ? 'mixed' : 'windows-1252';
  }
}
