// Reads the heads of the texts of an ingest, before anything is stored.
import { resolve, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { CarelakeError, type Fault } from '../../errors.js';
import { inParallel } from '../../in-parallel.js';
import { HEAD_BYTES, type LocatedHead, readHead } from '../../sources/text/head.js';
import type { Member } from '../../sources/text/member.js';
import { unreadable } from '../../sources/text/unreadable.js';
import { isAddress } from './object-address.js';

export interface Found {
  readonly member: Member;
  readonly head: LocatedHead;
}

/** How many are read at once: of an object far away most of the time is waiting. */
const headsAtOnce = 8;

/**
 * Every text with its head, ordered bytewise by name. Two files of one name are told apart by their folders.
 * @throws the error of the one file at fault, or FILES_UNREADABLE naming all of them; at once what is no file's fault.
 */
export async function readHeads(members: readonly Member[], signal?: AbortSignal): Promise<Found[]> {
  const read = await inParallel(distinctNames(members), headsAtOnce, async (member): Promise<Found | CarelakeError> => {
    signal?.throwIfAborted();
    try {
      return { member, head: await headOf(member) };
    } catch (error) {
      const fault = unreadable(member.file, error);
      if (!(fault instanceof CarelakeError) || /^(LAKE|OBJECT)_/.test(fault.code)) throw fault;
      return fault;
    }
  });
  const errors = read.filter((one) => one instanceof CarelakeError);
  const [first, second] = errors;
  if (first && !second) throw first;
  if (first) {
    const faults: Fault[] = errors.map(({ code, message }) => ({ message: `${code}: ${message}` }));
    throw new CarelakeError('FILES_UNREADABLE', faults.map(({ message }) => message).join('\n'), { faults });
  }
  return read.filter((one): one is Found => !(one instanceof CarelakeError));
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
  const texts = new Map(members.map((member) => [JSON.stringify([placeOf(member), member.file]), member]));
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
function foldersAbove(member: Member): string[] {
  const path = placeOf(member).split(sep).filter(Boolean);
  const inside = member.file.split('/');
  const told = inside.findLastIndex(
    (_, last) => path.slice(-last - 1).join('/') === inside.slice(0, last + 1).join('/'),
  );
  return path.slice(0, path.length - told - 1);
}

const placeOf = ({ container }: Member): string => (isAddress(container) ? container : resolve(container));
