// Turns a path into the text files behind it: a file, a gzip, the members of a zip, everything in a folder.
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CarelakeError } from '../../errors.js';
import { arrivingGzip } from './arriving-gzip.js';
import { arrivingZip } from './arriving-zip.js';
import { CHUNK_BYTES } from './chunk.js';
import { openGzip } from './gzip.js';
import type { Arriving, Member, Members, Skipped } from './member.js';
import { isHidden, whyNotRead } from './names.js';
import { unreadable } from './unreadable.js';
import { membersOfZip } from './zip.js';

/**
 * The texts behind a path, ordered bytewise by `file`. Throws FILE_NOT_FOUND and FILE_UNREADABLE, and for archives ARCHIVE_DAMAGED,
 * ARCHIVE_ENCRYPTED, ARCHIVE_UNSAFE_NAME, ARCHIVE_TOO_MANY_FILES and ARCHIVE_BOMB.
 */
export async function membersOf(path: string): Promise<Members> {
  const found = await stat(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  if (!found.isDirectory() && !found.isFile()) {
    // A pipe might never end, and cannot be read twice.
    throw new CarelakeError('FILE_UNREADABLE', `${path} is neither a file nor a folder.`);
  }
  const members: Member[] = [];
  const skipped: Skipped[] = [];
  const files = found.isDirectory() ? await filesBelow(path, '', skipped) : [{ file: basename(path), path }];
  for (const entry of files) {
    const inside = await membersOfFile(entry.file, entry.path);
    members.push(...inside.members);
    skipped.push(...inside.skipped);
  }
  return { members: members.sort(byFile), skipped: skipped.sort(byFile) };
}

/**
 * What judges an archive while it comes in, before it is a file with a path; undefined for what is none by its name.
 * @param most A bound of its size in bytes.
 */
export function arrivingArchive(file: string, most: number): Arriving | undefined {
  if (/\.zip$/i.test(file)) return arrivingZip(file, most);
  return /\.gz$/i.test(file) ? arrivingGzip(file, most) : undefined;
}

function byFile(a: { file: string }, b: { file: string }): number {
  return Buffer.compare(Buffer.from(a.file), Buffer.from(b.file));
}

async function filesBelow(root: string, below: string, skipped: Skipped[]): Promise<{ file: string; path: string }[]> {
  const files: { file: string; path: string }[] = [];
  const folder = join(root, below);
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw unreadable(folder, cause);
  });
  for (const entry of entries) {
    const file = below === '' ? entry.name : `${below}/${entry.name}`;
    if (isHidden(entry.name)) skipped.push({ file, why: 'hidden' });
    else if (entry.isDirectory()) files.push(...(await filesBelow(root, file, skipped)));
    else if (entry.isFile()) files.push({ file, path: join(root, file) });
    else skipped.push({ file, why: entry.isSymbolicLink() ? 'a symbolic link' : 'not a regular file' });
  }
  return files;
}

async function membersOfFile(file: string, path: string): Promise<Members> {
  if (/\.zip$/i.test(file)) return membersOfZip(file, path);
  const why = whyNotRead(file);
  if (why !== undefined) return { members: [], skipped: [{ file, why }] };
  const { size } = await stat(path);
  const gzip = /\.gz$/i.test(file);
  const open = async (from = path) => {
    const bytes = createReadStream(from, { highWaterMark: CHUNK_BYTES });
    return gzip ? openGzip(file, bytes, size) : bytes;
  };
  return { members: [{ file, container: path, bytes: gzip ? null : size, open }], skipped: [] };
}
