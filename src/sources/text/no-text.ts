// Tells text from what only bears its name: spreadsheets, archives, images, UTF-16 without its mark.
import { CarelakeError } from '../../errors.js';

const signatures: readonly { bytes: readonly number[]; what: string }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], what: 'an Excel workbook or a zip archive; save the sheet as CSV' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], what: 'an old Excel workbook; save the sheet as CSV' },
  { bytes: [0x1f, 0x8b], what: 'gzip; give it the ending .gz' },
  { bytes: [0x25, 0x50, 0x44, 0x46], what: 'a PDF document; export the data as CSV' },
  { bytes: [0x50, 0x41, 0x52, 0x31], what: 'a Parquet file; export it as CSV' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], what: 'an image' },
];

/** Text with a stray NUL is text; with more than this share of control bytes it is none. */
const CONTROL_SHARE = 0.05;
/** Below this many bytes a share says little. */
const LEAST_BYTES = 256;

/** Throws FILE_NOT_TEXT where the first bytes of a file are no 8-bit text. */
export function refuseNoText(file: string, bytes: Buffer): void {
  const signature = signatures.find((candidate) => candidate.bytes.every((byte, at) => bytes[at] === byte));
  if (signature) throw new CarelakeError('FILE_NOT_TEXT', `${file} is ${signature.what}`);
  if (looksWide(bytes)) {
    throw new CarelakeError('FILE_NOT_TEXT', `${file} looks like UTF-16 without a byte order mark; save it as UTF-8`);
  }
  const controls = bytes.reduce((count, byte) => count + (isControl(byte) ? 1 : 0), 0);
  if (bytes.length >= LEAST_BYTES && controls > CONTROL_SHARE * bytes.length) {
    throw new CarelakeError(
      'FILE_NOT_TEXT',
      `${file} is binary: ${controls} of its first ${bytes.length} bytes are control bytes`,
    );
  }
}

/** NULs at most of the even places and hardly any of the odd ones, or the other way round. */
function looksWide(bytes: Buffer): boolean {
  const pairs = Math.min(bytes.length, 4096) >>> 1;
  let even = 0;
  let odd = 0;
  for (let pair = 0; pair < pairs; pair++) {
    if (bytes[2 * pair] === 0) even++;
    if (bytes[2 * pair + 1] === 0) odd++;
  }
  return pairs >= 2 && Math.max(even, odd) > pairs / 2 && Math.min(even, odd) < pairs / 10;
}

/** Control bytes that text does not hold: not tab, line ends, form feed, escape, nor the old end-of-file mark. */
function isControl(byte: number): boolean {
  return byte < 32 && !(byte >= 9 && byte <= 13) && byte !== 26 && byte !== 27;
}
