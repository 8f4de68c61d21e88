// The fast way through records without quotes: one pass that looks at each byte once, copies it and counts fields.
import { CR, LF, QUOTE, SEPARATOR, SPACE } from './bytes.js';
import type { EncodingWitness } from './encoding.js';
import { NUMBERS_BYTES, type Numbering } from './numbering.js';
import type { Output } from './output.js';
import { MAX_BARE_BYTES } from './record-writer.js';

export interface BareScan {
  readonly delimiter: number;
  readonly columns: number;
  readonly numbering: Numbering;
  readonly witness: EncodingWitness;
  readonly out: Output;
}

/**
 * Reads records from `start` for as long as they are plain: one line, no quote, no NUL, no separator, the right number
 * of fields, UTF-8, ending before `end`. `bytes[end]` must be a LF. `known` says that all bytes are known to be UTF-8.
 * Returns the position of the first record that is not plain, or for which `out` has no room.
 */
export function scanBare(scan: BareScan, bytes: Buffer, start: number, end: number, known: boolean): number {
  const { delimiter, columns, numbering, witness, out } = scan;
  const target = out.bytes;
  const lastRoom = target.length - NUMBERS_BYTES;
  let at = out.length;
  let next = start;
  while (next < end && at + end - next <= lastRoom) {
    const first = next;
    // A line of blanks would pass for a record where there is only one column.
    if (columns === 1 && (bytes[first] as number) <= SPACE) break;
    let to = numbering.write(1, target, at);
    let fields = 1;
    let p = first;
    let byte = 0;
    for (;;) {
      byte = bytes[p++] as number;
      if (byte > QUOTE && byte !== delimiter) target[to++] = byte;
      else if (byte === delimiter) {
        target[to++] = SEPARATOR;
        fields++;
      } else if (byte === LF || byte === CR || byte === QUOTE || byte === 0 || byte === SEPARATOR) break;
      else target[to++] = byte;
    }
    const stop = p - 1;
    if (fields !== columns || stop >= end || stop - first > MAX_BARE_BYTES) break;
    if (byte === CR) {
      if (p === end) break;
      if (bytes[p] === LF) p++;
    } else if (byte !== LF) break;
    if (!known && !witness.accepts(bytes.subarray(first, stop))) break;
    target[to++] = LF;
    at = to;
    next = p;
    numbering.pass(1);
    out.records++;
  }
  out.length = at;
  return next;
}
