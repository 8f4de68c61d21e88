// A zip while it arrives: its local headers are judged as they pass by, and nothing is inflated.
//
// What counts is the directory at its end, and that is judged when the file is whole, as if nothing had been before (zip.ts).
// To it is left what it says otherwise than the local headers, and, of a member whose sizes follow its content (bit 3), all
// from there on where no descriptor with a signature is found: where its content ends, only inflating would tell.
import { type ExtraField, parseExtraFields } from 'yauzl';
import type { Arriving } from './member.js';
import { zipLimits } from './zip-limits.js';

// APPNOTE.TXT 6.3.10, 4.3.7 (local file header), 4.3.9 (data descriptor) and 4.5.3 (sizes in Zip64).
const LOCAL_HEADER = 0x04034b50;
const LOCAL_HEADER_BYTES = 30;
const SIZES_FOLLOW = 8;
const ZIP64 = 1;
const IN_ZIP64 = 0xffffffff;
const DESCRIPTOR = Buffer.from('PK\x07\x08', 'latin1');
const DESCRIPTOR_BYTES = 16;
const LONG_DESCRIPTOR_BYTES = 24;
const SIGNATURE_BYTES = 4;
/** A content in which so many stand that are none was made to be searched for long. */
const MOST_FALSE_DESCRIPTORS = 10_000;

/** `most` bounds the size of the whole archive, in bytes. `take` throws what `ZipLimits` does. */
export function arrivingZip(file: string, most: number): Arriving {
  const limits = zipLimits(file, most);
  let held: Buffer = Buffer.alloc(0);
  let toPass = 0;
  let unmeasured: { readonly name: string; passed: number } | undefined;
  let falseDescriptors = 0;
  let isOver = false;

  function pass(bytes: number): void {
    const here = Math.min(bytes, held.length);
    held = held.subarray(here);
    toPass = bytes - here;
  }

  /** Whether there may be more to read of what is held. */
  function readHeader(): boolean {
    if (held.length < LOCAL_HEADER_BYTES) return false;
    if (held.readUInt32LE(0) !== LOCAL_HEADER) return stop();
    const nameEnd = LOCAL_HEADER_BYTES + held.readUInt16LE(26);
    const end = nameEnd + held.readUInt16LE(28);
    if (held.length < end) return false;
    const extraFields = extraFieldsOf(held.subarray(nameEnd, end));
    if (!extraFields) return stop();
    const flags = held.readUInt16LE(6);
    const name = limits.enter(flags, held.subarray(LOCAL_HEADER_BYTES, nameEnd), extraFields);
    if ((flags & SIZES_FOLLOW) !== 0) {
      unmeasured = { name, passed: 0 };
      pass(end);
      return true;
    }
    const { stored, inflated } = sizesOf(held, extraFields);
    limits.measure(name, stored, inflated);
    pass(end + stored);
    return true;
  }

  function findDescriptor(open: NonNullable<typeof unmeasured>): boolean {
    let at = held.indexOf(DESCRIPTOR);
    for (
      ;
      at >= 0 && at + LONG_DESCRIPTOR_BYTES + SIGNATURE_BYTES <= held.length;
      at = held.indexOf(DESCRIPTOR, at + 1)
    ) {
      const stored = open.passed + at;
      const found = descriptorOf(held.subarray(at), stored);
      if (found) {
        limits.measure(open.name, stored, found.inflated);
        unmeasured = undefined;
        pass(at + found.bytes);
        return true;
      }
      falseDescriptors += 1;
      if (falseDescriptors > MOST_FALSE_DESCRIPTORS) return stop();
    }
    // One may have begun.
    const searched = at >= 0 ? at : Math.max(0, held.length - DESCRIPTOR.length + 1);
    open.passed += searched;
    pass(searched);
    return false;
  }

  function stop(): false {
    isOver = true;
    held = Buffer.alloc(0);
    return false;
  }

  return {
    take(chunk) {
      if (isOver) return;
      const before = Math.min(toPass, chunk.length);
      toPass -= before;
      held = Buffer.concat([held, chunk.subarray(before)]);
      while (toPass === 0 && (unmeasured ? findDescriptor(unmeasured) : readHeader()));
    },
    close() {},
  };
}

function extraFieldsOf(bytes: Buffer): ExtraField[] | undefined {
  try {
    return parseExtraFields(bytes);
  } catch {
    // Only those of the directory have to be right.
    return undefined;
  }
}

function sizesOf(header: Buffer, extraFields: readonly ExtraField[]): { stored: number; inflated: number } {
  const stored = header.readUInt32LE(18);
  const inflated = header.readUInt32LE(22);
  const long = extraFields.find(({ id }) => id === ZIP64)?.data;
  const places = [inflated, stored].filter((size) => size === IN_ZIP64).length;
  if (!long || long.length < 8 * places) return { stored, inflated };
  return {
    inflated: inflated === IN_ZIP64 ? Number(long.readBigUInt64LE(0)) : inflated,
    stored: stored === IN_ZIP64 ? Number(long.readBigUInt64LE(8 * (places - 1))) : stored,
  };
}

/**
 * The descriptor that `bytes` begin with, where it is one: it names as many bytes as have passed, and another record follows.
 * Whether its sizes have 32 or 64 bits stands nowhere that packers agree on.
 */
function descriptorOf(
  bytes: Buffer,
  stored: number,
): { readonly bytes: number; readonly inflated: number } | undefined {
  const isFollowed = (end: number) => bytes.toString('latin1', end, end + 2) === 'PK';
  if (bytes.readBigUInt64LE(8) === BigInt(stored) && isFollowed(LONG_DESCRIPTOR_BYTES)) {
    return { bytes: LONG_DESCRIPTOR_BYTES, inflated: Number(bytes.readBigUInt64LE(16)) };
  }
  if (bytes.readUInt32LE(8) !== stored || !isFollowed(DESCRIPTOR_BYTES)) return undefined;
  return { bytes: DESCRIPTOR_BYTES, inflated: bytes.readUInt32LE(12) };
}
