// windows-1252 as UTF-8. Node 20's TextDecoder reads it as ISO 8859-1, which makes control characters of the euro sign
// and the typographic quotes, so the table is here.
import { isUtf8 } from 'node:buffer';

/**
 * The characters of the bytes 0x80 to 0x9F (https://encoding.spec.whatwg.org/index-windows-1252.txt); from 0xA0 on they
 * are those of Unicode. The five bytes without a meaning keep their number, as browsers have it.
 */
const firstUpper = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** The UTF-8 of the bytes 0x80 to 0xFF, three places for each; the third is 0 where there are only two. */
const upperHalf = new Uint8Array(3 * 128);
for (let index = 0; index < 128; index++) {
  upperHalf.set(Buffer.from(firstUpper[index] ?? String.fromCharCode(128 + index)), 3 * index);
}

/** How many bytes of UTF-8 one byte of windows-1252 can become. */
export const LARGEST_GROWTH = 3;

/** Writes a byte from 0x80 as UTF-8; returns the position after it. */
export function writeUpper(byte: number, target: Uint8Array, to: number): number {
  const entry = 3 * (byte - 128);
  target[to] = upperHalf[entry] as number;
  target[to + 1] = upperHalf[entry + 1] as number;
  const third = upperHalf[entry + 2] as number;
  if (third === 0) return to + 2;
  target[to + 2] = third;
  return to + 3;
}

/** The bytes as text: UTF-8 where they are valid, else windows-1252, which gives every byte a meaning. */
export function decode(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString();
  const text = Buffer.alloc(LARGEST_GROWTH * bytes.length);
  let end = 0;
  for (const byte of bytes) {
    if (byte < 128) text[end++] = byte;
    else end = writeUpper(byte, text, end);
  }
  return text.toString('utf8', 0, end);
}
