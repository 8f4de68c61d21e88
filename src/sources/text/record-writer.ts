// Writes the fields of a parsed record between separators: bare where they need no quotes, else quoted.
import { LF, QUOTE, SEPARATOR } from './bytes.js';
import type { RecordParser } from './record-parser.js';
import { LARGEST_GROWTH, writeUpper } from './windows-1252.js';

/** A longer record goes to the pieces that one thread reads, whose buffer is made for it. */
export const MAX_BARE_BYTES = 1024 * 1024;

/** Whether every value of the record can be written without quotes, so that any number of threads can read it. */
export function isBare({ lines, quotes, separators }: RecordParser, length: number): boolean {
  return lines === 1 && !quotes && !separators && length <= MAX_BARE_BYTES;
}

/** How many bytes a record can take, in whichever way it is written. */
export function mostBytes(length: number, fields: number): number {
  return LARGEST_GROWTH * length + 3 * fields;
}

/**
 * Writes the values of a record that `isBare`; returns the position after its line end. `legacy` says that the bytes
 * are windows-1252 and no UTF-8.
 */
export function writeBare(
  bytes: Uint8Array,
  start: number,
  { ends, fields }: RecordParser,
  legacy: boolean,
  target: Uint8Array,
  to: number,
): number {
  let at = to;
  let from = start;
  for (let field = 0; field < fields; field++) {
    const end = ends[field] as number;
    const quoted = from < end && bytes[from] === QUOTE ? 1 : 0;
    const last = end - quoted;
    for (let p = from + quoted; p < last; p++) {
      const byte = bytes[p] as number;
      if (legacy && byte >= 128) at = writeUpper(byte, target, at);
      else target[at++] = byte;
    }
    target[at++] = SEPARATOR;
    from = end + 1;
  }
  target[at - 1] = LF;
  return at;
}

/** As `writeBare`, for any record: a quoted field as the file has it, and quotes around every other. */
export function writeQuoted(
  bytes: Uint8Array,
  start: number,
  { ends, fields }: RecordParser,
  legacy: boolean,
  target: Uint8Array,
  to: number,
): number {
  let at = to;
  let from = start;
  for (let field = 0; field < fields; field++) {
    const end = ends[field] as number;
    const quoted = from < end && bytes[from] === QUOTE;
    if (!quoted) target[at++] = QUOTE;
    for (let p = from; p < end; p++) {
      const byte = bytes[p] as number;
      if (byte === QUOTE && !quoted) target[at++] = QUOTE;
      if (legacy && byte >= 128) at = writeUpper(byte, target, at);
      else target[at++] = byte;
    }
    if (!quoted) target[at++] = QUOTE;
    target[at++] = SEPARATOR;
    from = end + 1;
  }
  target[at - 1] = LF;
  return at;
}
