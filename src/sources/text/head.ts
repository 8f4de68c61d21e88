// What is known of a text file from its first bytes: encoding, delimiter, header.
import { CarelakeError } from '../../errors.js';
import { COMMA, CR, isBlank, LF, nextLine, QUOTE } from './bytes.js';
import { type Delimiter, findDelimiter } from './delimiter.js';
import { encodingByMark, type MarkedEncoding, UTF8_MARK_BYTES } from './encoding.js';
import { refuseNoText } from './no-text.js';
import { RecordParser } from './record-parser.js';
import { decode } from './windows-1252.js';

export interface TextHead {
  /** The file as the user knows it: `visits.csv`, `archive.zip/member.csv`. */
  readonly file: string;
  readonly encoding: MarkedEncoding;
  readonly delimiter: Delimiter;
  /** The header's names as the file has them, trimmed. */
  readonly columns: readonly string[];
  /** The header's physical lines (more than 1 where a quoted name holds a line end). */
  readonly headerLines: number;
}

/** A head, and where the records behind it start. */
export interface LocatedHead extends TextHead {
  /** Blank lines before the header. */
  readonly blankLines: number;
  /** The bytes before the first record; of UTF-16, as UTF-8 without its mark. */
  readonly bodyOffset: number;
}

/** How much of a file `readHead` should be given, in bytes. */
export const HEAD_BYTES = 1024 * 1024;

/**
 * `firstBytes` is the start of the file as it came, `complete` says that it is all of it. Throws FILE_EMPTY,
 * FILE_NOT_TEXT, HEADER_TOO_LONG (the header does not end within `firstBytes`) and HEADER_UNREADABLE.
 */
export function readHead(file: string, firstBytes: Buffer, complete: boolean): LocatedHead {
  const encoding = encodingByMark(firstBytes);
  const wide = encoding === 'utf-16le' || encoding === 'utf-16be';
  const bytes = wide
    ? Buffer.from(new TextDecoder(encoding).decode(firstBytes, { stream: !complete }))
    : Buffer.from(firstBytes);
  if (!wide) refuseNoText(file, bytes);
  const { start, blankLines } = skipBlankLines(bytes, encoding === 'utf-8' ? UTF8_MARK_BYTES : 0, complete);
  if (start >= bytes.length) {
    if (complete)
      throw new CarelakeError('FILE_EMPTY', `${file} holds ${blankLines > 0 ? 'only blank lines' : 'nothing'}`);
    throw headerTooLong(file, bytes.length);
  }
  const delimiter = findDelimiter(bytes, start, bytes.length, complete);
  const parser = new RecordParser(delimiter.charCodeAt(0));
  const outcome = parser.parse(bytes, start, bytes.length, complete);
  if (outcome === 'more' || outcome === 'record_too_long') throw headerTooLong(file, bytes.length);
  if (outcome === 'nul_byte') {
    throw new CarelakeError('FILE_NOT_TEXT', `${file}, line ${blankLines + 1}: the header holds a NUL byte`);
  }
  if (outcome !== 'record') {
    throw new CarelakeError(
      'HEADER_UNREADABLE',
      `${file}, line ${blankLines + 1}: ${outcome === 'text_after_quote' ? 'text follows a closing quote' : 'a quote is never closed'}`,
    );
  }
  const columns = namesOf(bytes, start, parser);
  return { file, encoding, delimiter, columns, headerLines: parser.lines, blankLines, bodyOffset: parser.next };
}

function headerTooLong(file: string, bytes: number): CarelakeError {
  return new CarelakeError('HEADER_TOO_LONG', `${file}: no header ends within its first ${bytes} bytes`);
}

function skipBlankLines(bytes: Buffer, from: number, complete: boolean): { start: number; blankLines: number } {
  let start = from;
  let blankLines = 0;
  let p = start;
  while (p < bytes.length) {
    while (p < bytes.length && isBlank(bytes[p] as number, COMMA)) p++;
    if (p < bytes.length && bytes[p] !== LF && bytes[p] !== CR) break;
    const next = nextLine(bytes, p, bytes.length, complete);
    if (next < 0) return { start: bytes.length, blankLines };
    blankLines++;
    start = p = next;
  }
  return { start, blankLines };
}

function namesOf(bytes: Buffer, start: number, { ends }: RecordParser): string[] {
  let from = start;
  return ends.map((end) => {
    const quoted = from < end && bytes[from] === QUOTE;
    const text = quoted
      ? decode(bytes.subarray(from + 1, end - 1)).replaceAll('""', '"')
      : decode(bytes.subarray(from, end));
    from = end + 1;
    return text.trim();
  });
}
