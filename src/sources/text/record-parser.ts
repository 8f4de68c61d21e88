// Reads one record from bytes, exactly as RFC 4180 has it: where its fields lie, or why it is no record.
import type { Reason } from '../../catalog/reasons.js';
import { CR, countLineEnds, LF, lineEnd, nextLine, QUOTE, SEPARATOR, SPACE } from './bytes.js';

/** A physical line longer than this is rejected, in bytes. It bounds the memory that reading takes. */
export const MAX_LINE_BYTES = 16 * 1024 * 1024;

/**
 * A record of several lines longer than this counts as never closed, in bytes. It bounds what one forgotten quote can
 * make us read twice.
 */
const MAX_SPANNING_BYTES = 1024 * 1024;

export type Broken = Extract<
  Reason,
  'too_few_fields' | 'too_many_fields' | 'quote_unterminated' | 'text_after_quote' | 'record_too_long' | 'nul_byte'
>;

/** `more`: the bytes end before the record does. */
export type Outcome = 'record' | 'more' | Broken;

/** One parser per file; `parse` leaves its findings in the fields, so that a record costs no allocation. */
export class RecordParser {
  /** Where each field ends: the position of its delimiter, or of the record's line end. */
  readonly ends: number[] = [];
  fields = 0;
  /** The end of the record, or of the broken record's first line, without its line end. */
  stop = 0;
  /** Where to read on. */
  next = 0;
  /** The physical lines that end with this record: one for a broken record, unless it is whole but for a NUL byte. */
  lines = 1;
  /** A value holds a quote. */
  quotes = false;
  /** An unquoted value holds a quote, which is legal, but a mark of a record torn in two. */
  strayQuotes = false;
  /** A value holds the separator of the text we write. */
  separators = false;
  /** Up to where a record that spanned lines and had a wrong number of fields was read, else 0. */
  suspectUntil = 0;

  readonly #delimiter: number;
  readonly #counted: boolean;
  readonly #columns: number;
  #bytes: Buffer = Buffer.alloc(0);
  #start = 0;
  #end = 0;
  #final = false;
  #firstLineEnd = -1;
  #limit = 0;
  #nul = false;

  /** Without `columns`, a record may have any number of fields. */
  constructor(delimiter: number, columns?: number) {
    this.#delimiter = delimiter;
    this.#counted = columns !== undefined;
    this.#columns = columns ?? Number.POSITIVE_INFINITY;
  }

  /** The record that starts at `start`; `final` says that nothing follows `end`. */
  parse(bytes: Buffer, start: number, end: number, final: boolean): Outcome {
    this.#bytes = bytes;
    this.#start = start;
    this.#end = end;
    this.#final = final;
    this.#firstLineEnd = -1;
    this.#limit = end;
    this.#nul = this.quotes = this.strayQuotes = this.separators = false;
    this.suspectUntil = 0;
    this.fields = 0;
    const delimiter = this.#delimiter;
    let p = start;
    for (;;) {
      if (p < end && bytes[p] === QUOTE) {
        p = this.#closingQuote(p + 1);
        if (p < 0) return this.#unclosed();
        const after = ++p < end ? bytes[p] : LF;
        if (after !== delimiter && after !== LF && after !== CR) {
          return this.#broken(this.#firstLineEnd < 0 ? 'text_after_quote' : 'quote_unterminated', p);
        }
      } else {
        p = this.#unquotedEnd(p);
      }
      if (this.fields < this.#columns) this.ends[this.fields] = p;
      this.fields++;
      if (p >= this.#limit) {
        if (this.#tooFar()) return this.#broken('quote_unterminated', p);
        return final ? this.#finish(p) : 'more';
      }
      if (bytes[p] !== delimiter) return this.#finish(p);
      if (this.#firstLineEnd >= 0 && this.fields >= this.#columns) return this.#wrongCount(p);
      p++;
    }
  }

  /** The quote that closes a field whose content starts at `p`, or -1. */
  #closingQuote(p: number): number {
    const bytes = this.#bytes;
    const end = this.#end;
    let q = p;
    for (;;) {
      if (this.#firstLineEnd < 0) {
        while (q < end) {
          const byte = bytes[q] as number;
          if (byte <= QUOTE && byte !== SPACE && this.#stops(byte)) break;
          q++;
        }
        if (q < end && bytes[q] !== QUOTE) {
          this.#firstLineEnd = q;
          this.#limit = Math.min(end, this.#start + MAX_SPANNING_BYTES);
        }
      }
      if (this.#firstLineEnd >= 0) {
        q = bytes.subarray(0, this.#limit).indexOf(QUOTE, q);
        if (q < 0) return -1;
      } else if (q >= end) return -1;
      if (q + 1 >= end) return this.#final ? q : -1;
      if (bytes[q + 1] !== QUOTE) return q;
      this.quotes = true;
      q += 2;
    }
  }

  /** Whether a byte up to the quote ends a stretch inside quotes; notes the bytes that matter later. */
  #stops(byte: number): boolean {
    if (byte === 0) this.#nul = true;
    else if (byte === SEPARATOR) this.separators = true;
    return byte === QUOTE || byte === LF || byte === CR;
  }

  #unquotedEnd(from: number): number {
    const bytes = this.#bytes;
    const delimiter = this.#delimiter;
    const limit = this.#limit;
    let p = from;
    for (; p < limit; p++) {
      const byte = bytes[p] as number;
      if (byte === delimiter) break;
      if (byte <= QUOTE && byte !== SPACE && this.#stops(byte)) {
        if (byte !== QUOTE) break;
        this.quotes = this.strayQuotes = true;
      }
    }
    return p;
  }

  #tooFar(): boolean {
    return this.#firstLineEnd >= 0 && this.#limit === this.#start + MAX_SPANNING_BYTES;
  }

  #unclosed(): Outcome {
    return this.#final || this.#tooFar() ? this.#broken('quote_unterminated', this.#end) : 'more';
  }

  #finish(p: number): Outcome {
    const spanning = this.#firstLineEnd >= 0;
    if (spanning && this.#counted && this.fields !== this.#columns) return this.#wrongCount(p);
    const next = nextLine(this.#bytes, p, this.#end, this.#final);
    if (next < 0) return 'more';
    this.stop = p;
    this.next = next;
    this.lines = spanning ? 1 + countLineEnds(this.#bytes, this.#start, p) : 1;
    if ((spanning ? this.#firstLineEnd : p) - this.#start > MAX_LINE_BYTES) return 'record_too_long';
    if (spanning) this.#nul = this.#bytes.subarray(this.#start, p).includes(0);
    if (this.#nul) return 'nul_byte';
    if (!this.#counted) return 'record';
    if (this.fields < this.#columns) return 'too_few_fields';
    return this.fields > this.#columns ? 'too_many_fields' : 'record';
  }

  #wrongCount(p: number): Outcome {
    this.suspectUntil = p;
    return this.#broken('quote_unterminated', p);
  }

  /** Only the first physical line is given up: what follows may be whole. */
  #broken(reason: Broken, p: number): Outcome {
    const stop = this.#firstLineEnd >= 0 ? this.#firstLineEnd : lineEnd(this.#bytes, p, this.#end);
    const next = nextLine(this.#bytes, stop, this.#end, this.#final);
    if (next < 0) return 'more';
    this.stop = stop;
    this.next = next;
    this.lines = 1;
    return stop - this.#start > MAX_LINE_BYTES ? 'record_too_long' : reason;
  }
}
