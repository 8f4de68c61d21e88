// Finds the texts behind the paths of an ingest and reads their heads, before anything is stored.
import { resolve, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { CarelakeError, type Fault } from '../../errors.js';
import { membersOf } from '../../sources/text/archive.js';
import { HEAD_BYTES, type LocatedHead, readHead } from '../../sources/text/head.js';
import type { Member, Skipped } from '../../sources/text/member.js';
import { unreadable } from '../../sources/text/unreadable.js';

export interface Found {
  readonly member: Member;
  readonly head: LocatedHead;
}

/**
 * Every text with its head, ordered bytewise by name whatever the order of the paths. Two files of one name are told
 * apart by their folders.
 * @throws the error of the one file at fault, or FILES_UNREADABLE naming all of them; NO_FILES.
 */
export async function readHeads(paths: readonly string[]): Promise<{ found: Found[]; skipped: Skipped[] }> {
  const listed = await Promise.all([...new Set(paths)].map(membersOf));
  const skipped = listed.flatMap((list) => list.skipped);
  const members = distinctNames(listed.flatMap((list) => list.members));
  if (members.length === 0) {
    const passed = skipped.map(({ file, why }) => `${file} (${why})`).join(', ');
    throw new CarelakeError(
      'NO_FILES',
      `${paths.join(', ')}: no text file${passed ? `; passed over: ${passed}` : ''}.`,
    );
  }
  const found: Found[] = [];
  const errors: CarelakeError[] = [];
  for (const member of members) {
    try {
      found.push({ member, head: await headOf(member) });
    } catch (error) {
      const fault = unreadable(member.file, error);
      if (!(fault instanceof CarelakeError)) throw fault;
      errors.push(fault);
    }
  }
  const [first, second] = errors;
  if (first && !second) throw first;
  if (first) {
    const faults: Fault[] = errors.map(({ code, message }) => ({ message: `${code}: ${message}` }));
    throw new CarelakeError('FILES_UNREADABLE', faults.map(({ message }) => message).join('\n'), { faults });
  }
  return { found, skipped };
}

async function headOf(member: Member): Promise<LocatedHead> {
  const stream = await member.open();
  const chunks: Buffer[] = [];
  let bytes = 0;
  let complete = true;
  try {
    for await (const chunk of stream as Readable & AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= HEAD_BYTES) {
        complete = false;
        break;
      }
    }
  } finally {
    stream.destroy();
  }
  return readHead(member.file, Buffer.concat(chunks).subarray(0, HEAD_BYTES), complete);
}

/** Each text once; names that several share get as much of their path before them as tells them apart. */
function distinctNames(members: readonly Member[]): Member[] {
  const texts = new Map(members.map((member) => [JSON.stringify([resolve(member.container), member.file]), member]));
  let named = [...texts.values()].map((member) => ({ member, file: member.file, above: foldersAbove(member) }));
  for (;;) {
    const count = new Map<string, number>();
    for (const { file } of named) count.set(file, (count.get(file) ?? 0) + 1);
    const isShared = ({ file, above }: (typeof named)[number]) => (count.get(file) ?? 0) > 1 && above.length > 0;
    if (!named.some(isShared)) break;
    named = named.map((one) =>
      isShared(one) ? { ...one, file: `${one.above.at(-1)}/${one.file}`, above: one.above.slice(0, -1) } : one,
    );
  }
  return named
    .map(({ member, file }) => ({ ...member, file }))
    .sort((a, b) => Buffer.compare(Buffer.from(a.file), Buffer.from(b.file)));
}

/** The folders above what the name of a text tells: of `b/x.zip/visits.csv` in `/data/b/x.zip`, `data`. */
function foldersAbove({ container, file }: Member): string[] {
  const path = resolve(container).split(sep).filter(Boolean);
  const inside = file.split('/');
  const told = inside.findLastIndex(
    (_, last) => path.slice(-last - 1).join('/') === inside.slice(0, last + 1).join('/'),
  );
  return path.slice(0, path.length - told - 1);
}
