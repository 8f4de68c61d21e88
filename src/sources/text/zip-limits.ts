// What a zip may hold. Each member is judged by what a header says of it, before anything of it is inflated.
import { type ExtraField, getFileNameLowLevel, validateFileName } from 'yauzl';
import { CarelakeError } from '../../errors.js';
import { refuseBomb } from './inflation.js';

/** More is unpacked first: what is kept of an archive grows with its members, and MongoDB holds documents of 16 MB. */
const MOST_MEMBERS = 10_000;
/** In bytes, with the folders; for the same reason. */
const LONGEST_NAME = 1000;
const ENCRYPTED = 1;

export interface ZipLimits {
  /** The name of one more member. @throws ARCHIVE_TOO_MANY_FILES, ARCHIVE_UNSAFE_NAME, ARCHIVE_ENCRYPTED */
  enter(flags: number, nameBytes: Buffer, extraFields: ExtraField[]): string;
  /** What its content takes packed and inflated, in bytes. @throws ARCHIVE_BOMB */
  measure(name: string, stored: number, inflated: number): void;
}

/** Of the archive `file`, which has no more than `most` bytes. */
export function zipLimits(file: string, most: number): ZipLimits {
  let count = 0;
  let inflatedSoFar = 0;
  return {
    enter(flags, nameBytes, extraFields) {
      count += 1;
      if (count > MOST_MEMBERS) {
        const text = `${file} holds more than ${MOST_MEMBERS.toLocaleString('en-US')} files and folders`;
        throw new CarelakeError('ARCHIVE_TOO_MANY_FILES', text);
      }
      const name = getFileNameLowLevel(flags, nameBytes, extraFields, true);
      const fault = faultOf(name);
      if (fault !== null) {
        const shown = JSON.stringify(name.slice(0, LONGEST_NAME));
        throw new CarelakeError('ARCHIVE_UNSAFE_NAME', `${file} holds ${shown}: ${fault}`);
      }
      if ((flags & ENCRYPTED) !== 0 && !isFolder(name)) {
        throw new CarelakeError('ARCHIVE_ENCRYPTED', `${file}/${name} is encrypted`);
      }
      return name;
    },
    measure(name, stored, inflated) {
      if (isFolder(name)) return;
      refuseBomb(`${file}/${name}`, inflated, stored);
      inflatedSoFar += inflated;
      refuseBomb(file, inflatedSoFar, most);
    },
  };
}

export const isFolder = (name: string): boolean => name.endsWith('/');

function faultOf(name: string): string | null {
  if (Buffer.byteLength(name) > LONGEST_NAME) return `the name has more than ${LONGEST_NAME} bytes`;
  return validateFileName(name) ?? (name.includes('\0') ? 'the name holds a NUL' : null);
}
