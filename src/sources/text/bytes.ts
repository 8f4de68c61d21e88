// The bytes that have a meaning in delimited text, and where a physical line ends: LF, CRLF, or CR alone.

export const LF = 10;
export const CR = 13;
export const QUOTE = 34;
export const COMMA = 44;
export const SPACE = 32;
const TAB = 9;

/**
 * What stands between fields in the text we write: U+001F, "unit separator". It hardly ever occurs in a value, so that
 * almost no field needs quotes: see docs/decisions/0001-numbered-reader.md.
 */
export const SEPARATOR = 31;

/** The first line end at or after `from`, or `end` where there is none. */
export function lineEnd(bytes: Uint8Array, from: number, end: number): number {
  for (let p = from; p < end; p++) {
    const byte = bytes[p];
    if (byte === LF || byte === CR) return p;
  }
  return end;
}

/**
 * Where the next line starts, given the position of a line end (or `end`, the end of the text). -1 where that can't be
 * known yet: a CR is the last byte at hand, and a LF may follow.
 */
export function nextLine(bytes: Uint8Array, at: number, end: number, final: boolean): number {
  if (at >= end) return final ? end : -1;
  if (bytes[at] === LF) return at + 1;
  if (at + 1 < end) return bytes[at + 1] === LF ? at + 2 : at + 1;
  return final ? end : -1;
}

/** How many line ends lie between `from` and `end`. */
export function countLineEnds(bytes: Uint8Array, from: number, end: number): number {
  let count = 0;
  for (let p = from; p < end; p++) {
    const byte = bytes[p];
    if (byte === LF || (byte === CR && !(p + 1 < end && bytes[p + 1] === LF))) count++;
  }
  return count;
}

/** Whether the byte is a blank. A tab is none where it is the delimiter. */
export function isBlank(byte: number, delimiter: number): boolean {
  return byte === SPACE || (byte === TAB && delimiter !== TAB);
}
