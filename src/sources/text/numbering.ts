// The numbers of the next record: which record of the file it is and on which physical line it starts, both from 1.
import { AsciiCounter } from './ascii-counter.js';
import { SEPARATOR } from './bytes.js';

/** Room for the three numbers and their separators. */
export const NUMBERS_BYTES = 64;

const ONE = 49;

export class Numbering {
  readonly row = new AsciiCounter(1);
  readonly line: AsciiCounter;

  /** `line` is the physical line of the first record. */
  constructor(line: number) {
    this.line = new AsciiCounter(line);
  }

  /** Passes a record of so many physical lines. */
  pass(lines: number): void {
    this.row.increment();
    if (lines === 1) this.line.increment();
    else this.line.add(lines);
  }

  /** Writes `row␟line␟lines␟` at `to`; returns the position after it. */
  write(lines: number, target: Uint8Array, to: number): number {
    let at = this.row.write(target, to);
    target[at++] = SEPARATOR;
    at = this.line.write(target, at);
    target[at++] = SEPARATOR;
    if (lines === 1) target[at++] = ONE;
    else for (const digit of String(lines)) target[at++] = digit.charCodeAt(0);
    target[at++] = SEPARATOR;
    return at;
  }
}
