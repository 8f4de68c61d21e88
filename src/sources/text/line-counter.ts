// Counts the physical lines of a stream on its own, so that the sum of what the reader made of them can be checked.
import { CR, LF } from './bytes.js';

const FOUR_LF = 0x0a0a0a0a;
const LOW_BITS = 0x7f7f7f7f;

export class LineCounter {
  #lineEnds = 0;
  #last = LF;

  /** The lines so far; text behind the last line end is a line too. */
  get lines(): number {
    return this.#lineEnds + (this.#last === LF || this.#last === CR ? 0 : 1);
  }

  /** Counts the bytes of `bytes` from `start` to `end`, which follow those counted before. */
  count(bytes: Buffer, start: number, end: number): void {
    if (start >= end) return;
    if (this.#last === CR && bytes[start] === LF) this.#lineEnds--;
    const part = bytes.subarray(start, end);
    this.#lineEnds += part.includes(CR) ? countBoth(part) : countLf(part);
    this.#last = part[part.length - 1] as number;
  }
}

function countBoth(bytes: Buffer): number {
  let count = 0;
  let before = 0;
  for (const byte of bytes) {
    if (byte === CR || (byte === LF && before !== CR)) count++;
    before = byte;
  }
  return count;
}

/** Four bytes at a time: most words hold no line end. */
function countLf(bytes: Buffer): number {
  const unaligned = (4 - (bytes.byteOffset % 4)) % 4;
  const words = new Uint32Array(
    bytes.buffer,
    bytes.byteOffset + unaligned,
    Math.max(0, (bytes.length - unaligned) >>> 2),
  );
  let count = 0;
  for (let index = 0; index < words.length; index++) {
    const differs = (words[index] as number) ^ FOUR_LF;
    // The top bit of each byte is set where the byte differs from LF.
    const marks = ((differs & LOW_BITS) + LOW_BITS) | differs;
    let same = ~marks & 0x80808080;
    while (same !== 0) {
      count++;
      same &= same - 1;
    }
  }
  for (let at = 0; at < Math.min(unaligned, bytes.length); at++) if (bytes[at] === LF) count++;
  for (let at = unaligned + words.length * 4; at < bytes.length; at++) if (bytes[at] === LF) count++;
  return count;
}
