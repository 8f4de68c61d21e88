// Finds the texts behind the paths of an ingest and reads their heads, before anything is stored.
import type { Readable } from 'node:stream';
import { CarelakeError, type Fault } from '../../errors.js';
import { membersOf } from '../../sources/text/archive.js';
import { HEAD_BYTES, type LocatedHead, readHead } from '../../sources/text/head.js';
import type { Member, Skipped } from '../../sources/text/member.js';

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
      if (!(error instanceof CarelakeError)) throw error;
      errors.push(error);
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

/** Names that several files share get as much of their path before them as tells them apart. */
function distinctNames(members: readonly Member[]): Member[] {
  const byName = new Map<string, Member[]>();
  for (const member of members) {
    const same = byName.get(member.file) ?? [];
    if (!same.some(({ container }) => container === member.container)) byName.set(member.file, [...same, member]);
  }
  const named = [...byName.values()].flatMap((same) =>
    same.length === 1 ? same : same.map((member) => ({ ...member, file: fullName(member) })),
  );
  return named.sort((a, b) => Buffer.compare(Buffer.from(a.file), Buffer.from(b.file)));
}

/** `/data/2024/x.zip` + `x.zip/visits.csv` → `data/2024/x.zip/visits.csv`. */
function fullName({ container, file }: Member): string {
  const path = container.split(/[\\/]/).filter(Boolean);
  const last = path.at(-1) ?? '';
  const inside = file.split('/');
  return [...path, ...inside.slice(inside.indexOf(last) + 1)].join('/');
}
