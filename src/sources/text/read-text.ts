// Reads a text once, as a stream, and writes its records as numbered pieces; the sum of its lines must hold.
import { CarelakeError } from '../../errors.js';
import { type Encoding, toEightBit } from './encoding.js';
import type { LocatedHead } from './head.js';
import { LineCounter } from './line-counter.js';
import { type PieceOptions, PieceSet } from './piece-set.js';
import { RecordScanner } from './scanner.js';
import { Window } from './window.js';

export interface ReadOptions extends PieceOptions {
  /** Told after each read how many bytes of the input have been read so far. */
  readonly onProgress?: (bytes: number) => void;
}

/** What became of a text's physical lines: `header + blank + acceptedLines + rejectedLines = lines`. */
export interface TextSummary {
  readonly file: string;
  readonly encoding: Encoding;
  /** Bytes read, as they came. */
  readonly bytes: number;
  readonly lines: number;
  readonly header: number;
  readonly blank: number;
  /** Accepted records. */
  readonly records: number;
  readonly acceptedLines: number;
  readonly rejectedRecords: number;
  readonly rejectedLines: number;
}

/**
 * `input` is the whole text from its first byte. Throws READER_SUM where the lines don't add up, and whatever the
 * input, the folder or `onPiece` fail with.
 */
export async function readText(
  input: AsyncIterable<Buffer>,
  head: LocatedHead,
  options: ReadOptions,
): Promise<TextSummary> {
  const source = new CountedInput(input, options.onProgress);
  const window = new Window(toEightBit(source.chunks(), head.encoding));
  const scanner = new RecordScanner(
    head.delimiter.charCodeAt(0),
    head.columns.length,
    head.blankLines + head.headerLines + 1,
  );
  const pieces = new PieceSet(head.columns.length, options);
  const lineCounter = new LineCounter();
  try {
    let toSkip = head.bodyOffset;
    while (!window.final) {
      const kept = window.end - window.start;
      await window.fill();
      lineCounter.count(window.bytes, kept, window.end);
      const skipped = Math.min(toSkip, window.end - window.start);
      toSkip -= skipped;
      window.start += skipped;
      do {
        window.start = scanner.scan(window.bytes, window.start, window.end, window.final);
        await pieces.append(scanner);
      } while (scanner.full);
    }
    await pieces.finish();
  } finally {
    await window.close();
    await pieces.close();
  }
  const { encoding } = head;
  return proven({
    file: head.file,
    encoding: encoding === 'utf-16le' || encoding === 'utf-16be' ? encoding : scanner.witness.encoding,
    bytes: source.bytes,
    lines: lineCounter.lines,
    header: head.headerLines,
    blank: head.blankLines + scanner.counts.blank,
    records: scanner.counts.records,
    acceptedLines: scanner.counts.acceptedLines,
    rejectedRecords: scanner.counts.rejectedRecords,
    rejectedLines: scanner.counts.rejectedLines,
  });
}

function proven(summary: TextSummary): TextSummary {
  const { file, lines, header, blank, acceptedLines, rejectedLines } = summary;
  if (header + blank + acceptedLines + rejectedLines === lines) return summary;
  throw new CarelakeError(
    'READER_SUM',
    `${file}: ${header} header + ${blank} blank + ${acceptedLines} accepted + ${rejectedLines} rejected lines are not its ${lines} lines`,
  );
}

/** The input, with a count of its bytes. */
class CountedInput {
  bytes = 0;
  readonly #input: AsyncIterable<Buffer>;
  readonly #onProgress: ((bytes: number) => void) | undefined;

  constructor(input: AsyncIterable<Buffer>, onProgress?: (bytes: number) => void) {
    this.#input = input;
    this.#onProgress = onProgress;
  }

  async *chunks(): AsyncGenerator<Buffer, void, undefined> {
    for await (const chunk of this.#input) {
      this.bytes += chunk.length;
      this.#onProgress?.(this.bytes);
      yield chunk;
    }
  }
}
