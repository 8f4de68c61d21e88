// The reader of records: every physical line of a text becomes part of a numbered record or of a reject, or is blank.
import { CR, isBlank, LF, lineEnd, nextLine } from './bytes.js';
import { EncodingWitness } from './encoding.js';
import { NUMBERS_BYTES, Numbering } from './numbering.js';
import { Output } from './output.js';
import { type Broken, MAX_LINE_BYTES, RecordParser } from './record-parser.js';
import { isBare, mostBytes, writeBare, writeQuoted } from './record-writer.js';
import { excerpt, type Reject } from './reject.js';
import { type BareScan, scanBare } from './scan-bare.js';

/** The longest record that is written, in bytes: less than the buffer of a lander. */
const MAX_WRITTEN_BYTES = 32 * 1024 * 1024 - 1024;

/** What is gathered before it has to be taken away. */
const BARE_BYTES = 4 * 1024 * 1024;
const QUOTED_BYTES = 1024 * 1024;
const REJECTS = 10_000;

export class RecordScanner {
  /** Records that any number of threads can read: see `isBare`. */
  readonly bare = new Output(BARE_BYTES);
  /** All other records. */
  readonly quoted = new Output(2 * QUOTED_BYTES);
  rejects: Reject[] = [];
  readonly counts = { blank: 0, records: 0, acceptedLines: 0, rejectedRecords: 0, rejectedLines: 0 };
  readonly witness = new EncodingWitness();

  readonly #delimiter: number;
  readonly #parser: RecordParser;
  readonly #numbering: Numbering;
  readonly #plain: BareScan;
  #full = false;
  /** How a line above the limit begins, while its end has not been seen. */
  #longLine: string | undefined;
  /** Of all bytes given to `scan`: how many were read, and up to where records may be the rest of a torn one. */
  #offset = 0;
  #suspectUntil = 0;

  /** `line` is the first physical line that `scan` will be given, from 1. */
  constructor(delimiter: number, columns: number, line: number) {
    this.#delimiter = delimiter;
    this.#parser = new RecordParser(delimiter, columns);
    this.#numbering = new Numbering(line);
    this.#plain = { delimiter, columns, numbering: this.#numbering, witness: this.witness, out: this.bare };
  }

  /** Whether the last `scan` stopped because output has to be taken away first. */
  get full(): boolean {
    return this.#full;
  }

  /**
   * Reads records from `start` up to `end`, or until `full`. The byte at `end` is overwritten. `final` says that the
   * text ends there. Returns the position from which the next call, with room or with more bytes, has to go on.
   */
  scan(bytes: Buffer, start: number, end: number, final: boolean): number {
    this.#full = false;
    bytes[end] = LF;
    const whole = final ? end : Math.max(bytes.lastIndexOf(LF, end - 1), bytes.lastIndexOf(CR, end - 1)) + 1;
    const known = this.witness.accepts(bytes.subarray(start, whole));
    let p = start;
    while (p < end && !this.#full) {
      const from = p;
      if (this.#longLine === undefined) p = this.#scanBare(bytes, p, end, known);
      if (p < end && !this.#full) p = this.#scanOne(bytes, p, end, final, known);
      if (p === from) break;
    }
    return p;
  }

  #scanBare(bytes: Buffer, start: number, end: number, known: boolean): number {
    const { bare, counts } = this;
    if (bare.length === 0) bare.reserve(end - start + NUMBERS_BYTES);
    const before = bare.records;
    const next = scanBare(this.#plain, bytes, start, end, known);
    counts.records += bare.records - before;
    counts.acceptedLines += bare.records - before;
    this.#offset += next - start;
    this.#full = next < end && bare.length > 0 && !bare.holds(end - next + NUMBERS_BYTES);
    return next;
  }

  /** One record of any kind, or one blank line. Returns `start` where the bytes at hand don't suffice. */
  #scanOne(bytes: Buffer, start: number, end: number, final: boolean, known: boolean): number {
    const next =
      this.#longLine === undefined
        ? (this.#passBlankLine(bytes, start, end, final) ?? this.#readRecord(bytes, start, end, final, known))
        : this.#passLongLine(this.#longLine, bytes, start, end, final);
    this.#offset += next - start;
    this.#full = this.quoted.length > QUOTED_BYTES || this.rejects.length >= REJECTS;
    return next;
  }

  #passBlankLine(bytes: Buffer, start: number, end: number, final: boolean): number | undefined {
    let stop = start;
    while (stop < end && isBlank(bytes[stop] as number, this.#delimiter)) stop++;
    if (stop < end && bytes[stop] !== LF && bytes[stop] !== CR) return undefined;
    const next = nextLine(bytes, stop, end, final);
    if (next < 0 || stop - start > MAX_LINE_BYTES) return undefined;
    this.counts.blank++;
    this.#numbering.line.increment();
    return next;
  }

  /** Line ends are all that is looked for, so that a line of any length passes in the memory of one read. */
  #passLongLine(text: string, bytes: Buffer, start: number, end: number, final: boolean): number {
    const stop = lineEnd(bytes, start, end);
    const next = nextLine(bytes, stop, end, final);
    this.#longLine = next < 0 ? text : undefined;
    if (next < 0) return stop;
    this.#reject('record_too_long', text, 1);
    return next;
  }

  #readRecord(bytes: Buffer, start: number, end: number, final: boolean, known: boolean): number {
    const parser = this.#parser;
    const outcome = parser.parse(bytes, start, end, final);
    if (outcome === 'more') {
      if (end - start <= MAX_LINE_BYTES || lineEnd(bytes, start, end) - start <= MAX_LINE_BYTES) return start;
      return this.#passLongLine(excerpt(bytes, start, end), bytes, start, end, final);
    }
    const { next, stop, lines } = parser;
    if (parser.suspectUntil > 0) {
      this.#suspectUntil = Math.max(this.#suspectUntil, this.#offset + parser.suspectUntil - start);
    }
    if (outcome !== 'record') {
      this.#reject(outcome, excerpt(bytes, start, stop), lines);
      return next;
    }
    if (parser.strayQuotes && this.#offset < this.#suspectUntil) {
      const first = lineEnd(bytes, start, stop);
      this.#reject('quote_unterminated', excerpt(bytes, start, first), 1);
      return first === stop ? next : nextLine(bytes, first, end, final);
    }
    if (!this.#write(bytes, start, stop, known)) {
      this.#reject('record_too_long', excerpt(bytes, start, stop), lines);
    }
    return next;
  }

  /** Writes the parsed record as UTF-8. False where that makes it too long. */
  #write(bytes: Buffer, start: number, stop: number, known: boolean): boolean {
    const parser = this.#parser;
    const legacy = !known && !this.witness.acceptsRecord(bytes.subarray(start, stop));
    const bare = isBare(parser, stop - start);
    const output = bare ? this.bare : this.quoted;
    output.reserve(NUMBERS_BYTES + mostBytes(stop - start, parser.fields));
    const from = this.#numbering.write(parser.lines, output.bytes, output.length);
    const end = (bare ? writeBare : writeQuoted)(bytes, start, parser, legacy, output.bytes, from);
    if (end - output.length > MAX_WRITTEN_BYTES) return false;
    output.length = end;
    output.records++;
    this.counts.records++;
    this.counts.acceptedLines += parser.lines;
    this.#numbering.pass(parser.lines);
    return true;
  }

  #reject(reason: Broken, text: string, lines: number): void {
    const { row, line } = this.#numbering;
    this.rejects.push({ row: row.value, line: line.value, lines, reason, text });
    this.counts.rejectedRecords++;
    this.counts.rejectedLines += lines;
    this.#numbering.pass(lines);
  }
}
