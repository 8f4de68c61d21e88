// The texts in a zip archive. What it may not hold is refused before anything is read.
import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { CarelakeError } from '../../errors.js';
import { watched } from './inflation.js';
import type { Member, Members, Skipped } from './member.js';
import { isHidden, whyNotRead } from './names.js';
import { unreadable } from './unreadable.js';
import { isFolder, zipLimits } from './zip-limits.js';

const FILE_TYPE_BITS = 0o170000;
const SYMBOLIC_LINK = 0o120000;

/** `file` is the archive as the user knows it. Errors as of `membersOf`. */
export async function membersOfZip(file: string, path: string): Promise<Members> {
  const members: Member[] = [];
  const skipped: Skipped[] = [];
  const zip = await opened(file, path);
  try {
    const limits = zipLimits(file, zip.fileSize);
    for await (const entry of entriesOf(file, zip)) {
      const name = limits.enter(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields);
      limits.measure(name, entry.compressedSize, entry.uncompressedSize);
      if (isFolder(name)) continue;
      const member = `${file}/${name}`;
      const why = whyNotMember(name, entry);
      if (why !== undefined) skipped.push({ file: member, why });
      else {
        const open = (from = path) => openMember(member, from, entry);
        members.push({ file: member, container: path, bytes: entry.uncompressedSize, open });
      }
    }
  } finally {
    zip.close();
  }
  return { members, skipped };
}

async function opened(file: string, path: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { autoClose: false, lazyEntries: true, decodeStrings: false });
  } catch (cause) {
    throw damaged(file, cause);
  }
}

async function* entriesOf(file: string, zip: ZipFile): AsyncGenerator<Entry, void, undefined> {
  try {
    for await (const entry of zip.eachEntry()) yield entry;
  } catch (cause) {
    throw damaged(file, cause);
  }
}

function whyNotMember(name: string, entry: Entry): string | undefined {
  if (name.split('/').some(isHidden)) return 'hidden';
  if (((entry.externalFileAttributes >>> 16) & FILE_TYPE_BITS) === SYMBOLIC_LINK) return 'a symbolic link';
  if (!entry.canDecodeFileData()) return `packed by method ${entry.compressionMethod}, which is not understood`;
  return /\.gz$/i.test(name) ? 'an archive in an archive' : whyNotRead(name);
}

/** The archive is opened anew for each member, so that nobody has to keep it open. */
async function openMember(member: string, path: string, entry: Entry): Promise<Readable> {
  const zip = await opened(member, path);
  try {
    const inflating = await zip.openReadStreamPromise(entry);
    return watched(member, verified(inflating, entry, zip), entry.compressedSize, (cause) => damaged(member, cause));
  } catch (cause) {
    zip.close();
    throw damaged(member, cause);
  }
}

/** Closes the archive at the end, and fails where the bytes are not those that were packed. */
async function* verified(inflating: Readable, entry: Entry, zip: ZipFile): AsyncGenerator<Buffer, void, undefined> {
  try {
    let sum = 0;
    for await (const chunk of inflating as AsyncIterable<Buffer>) {
      sum = crc32(chunk, sum);
      yield chunk;
    }
    if (sum !== entry.crc32) throw new Error('its checksum differs');
  } finally {
    zip.close();
  }
}

function damaged(file: string, cause: unknown): CarelakeError {
  const refused = unreadable(file, cause);
  if (refused instanceof CarelakeError) return refused;
  const { message } = cause as Error;
  // The directory of the archive names a size, and more comes out.
  if (/too many bytes/.test(message)) return new CarelakeError('ARCHIVE_BOMB', `${file}: ${message}`, { cause });
  return new CarelakeError('ARCHIVE_DAMAGED', `${file} cannot be read: ${message}`, { cause });
}
