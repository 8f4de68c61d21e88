// A record that could not be read, and how a piece of text holds it.
import { SEPARATOR } from './bytes.js';
import type { Broken } from './record-parser.js';
import { decode } from './windows-1252.js';

export interface Reject {
  /** Records are numbered from 1 through the file, rejected ones included. */
  readonly row: number;
  /** The physical line on which it starts, from 1. */
  readonly line: number;
  /** How many physical lines it takes. */
  readonly lines: number;
  readonly reason: Broken;
  /** Its first 500 characters. */
  readonly text: string;
}

const CHARACTERS = 500;
/** No character takes more bytes. */
const CHARACTER_BYTES = 4;

/** The first characters of a text; a NUL, which no table takes, becomes U+2400. */
export function excerpt(bytes: Buffer, start: number, stop: number): string {
  let end = Math.min(stop, start + CHARACTERS * CHARACTER_BYTES);
  // Not in the middle of a character: that would make it look as if it were no UTF-8.
  if (end < stop) while (end > start && ((bytes[end] as number) & 0xc0) === 0x80) end--;
  const text = decode(bytes.subarray(start, end)).replaceAll('\0', '\u2400').slice(0, CHARACTERS);
  return /[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text;
}

/** The rejects as records of a piece: the numbers, then reason and text. */
export function rejectsText(rejects: readonly Reject[]): Buffer {
  const separator = String.fromCharCode(SEPARATOR);
  const lines = rejects.map(({ row, line, lines, reason, text }) =>
    [row, line, lines, reason, `"${text.replaceAll('"', '""')}"`].join(separator),
  );
  return Buffer.from(lines.map((line) => `${line}\n`).join(''));
}
