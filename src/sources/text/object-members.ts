// Turns objects in S3 into the texts in them: plain text and gzip as they come, of a zip the members.
import { Readable } from 'node:stream';
import { addressOf, type Objects, type StoredObject } from '../../lake/objects.js';
import { openGzip } from './gzip.js';
import { HEAD_BYTES } from './head.js';
import type { Members, Skipped } from './member.js';
import { isHidden, whyNotRead } from './names.js';
import { membersOfZip } from './zip.js';

/** An object that was asked for, by the name that it gets. */
export interface NamedObject {
  /** Below the prefix that was given: `2024/visits.csv`. */
  readonly file: string;
  readonly object: StoredObject;
}

/** What of the head of a gzip may be more than the text in it, which then does not shrink. */
const GZIP_OVERHEAD_BYTES = 64 * 1024;

/** Those that may hold text, by their names alone. */
export function objectsToRead(objects: readonly NamedObject[]): { wanted: NamedObject[]; skipped: Skipped[] } {
  const wanted: NamedObject[] = [];
  const skipped: Skipped[] = [];
  for (const one of objects) {
    const why = one.file.split('/').some(isHidden) ? 'hidden' : isZip(one.file) ? undefined : whyNotRead(one.file);
    if (why === undefined) wanted.push(one);
    else skipped.push({ file: one.file, why });
  }
  return { wanted, skipped };
}

/**
 * @param fetch Copies an object to this machine and gives the path: the directory of a zip is at its end.
 * @throws as `Objects.read`, and for archives as `membersOf`.
 */
export async function membersOfObject(
  objects: Objects,
  { file, object }: NamedObject,
  fetch: (object: StoredObject) => Promise<string>,
): Promise<Members> {
  const container = addressOf(object);
  if (isZip(file)) {
    const { members, skipped } = await membersOfZip(file, await fetch(object));
    return { members: members.map((member) => ({ ...member, container })), skipped };
  }
  const gzip = /\.gz$/i.test(file);
  const textOf = (bytes: Readable): Readable => (gzip ? openGzip(file, bytes, object.bytes) : bytes);
  /** Only the head is ever read so: what lands is read once, by whoever also keeps it. */
  const open = async (): Promise<Readable> => {
    const head = HEAD_BYTES + GZIP_OVERHEAD_BYTES;
    const { chunks } = await objects.read(object, object.bytes > head ? head : undefined);
    return textOf(Readable.from(chunks, { objectMode: false }));
  };
  return {
    members: [
      {
        file,
        container,
        bytes: gzip ? null : object.bytes,
        open,
        streamed: { object, textOf, open: () => objects.read(object) },
      },
    ],
    skipped: [],
  };
}

const isZip = (file: string): boolean => /\.zip$/i.test(file);
