// The bytes of a zip, written by hand: archives that no packer would make.
interface Said {
  readonly stored?: number;
  readonly inflated?: number;
  readonly encrypted?: boolean;
  /** Bit 3: the sizes stand in a descriptor behind the content. */
  readonly sizesFollow?: boolean;
}

/** What stands before the content of a member (APPNOTE 4.3.7); sizes of more than 32 bits go into the field of Zip64. */
export function localHeader(name: string, said: Said = {}): Buffer {
  const { stored = 0, inflated = stored, encrypted = false, sizesFollow = false } = said;
  const isLong = inflated > 0xfffffffe;
  const header = Buffer.alloc(30);
  header.write('PK\x03\x04', 'latin1');
  header.writeUInt16LE(45, 4);
  header.writeUInt16LE((encrypted ? 1 : 0) | (sizesFollow ? 8 : 0), 6);
  header.writeUInt16LE(8, 8);
  header.writeUInt32LE(isLong ? 0xffffffff : stored, 18);
  header.writeUInt32LE(isLong ? 0xffffffff : inflated, 22);
  header.writeUInt16LE(Buffer.byteLength(name), 26);
  const extra = Buffer.alloc(isLong ? 20 : 0);
  if (isLong) {
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(16, 2);
    extra.writeBigUInt64LE(BigInt(inflated), 4);
    extra.writeBigUInt64LE(BigInt(stored), 12);
  }
  header.writeUInt16LE(extra.length, 28);
  return Buffer.concat([header, Buffer.from(name), extra]);
}

/** What stands behind the content of a member whose sizes were not known before (APPNOTE 4.3.9). */
export function descriptor(stored: number, inflated: number): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.write('PK\x07\x08', 'latin1');
  bytes.writeUInt32LE(stored, 8);
  bytes.writeUInt32LE(inflated, 12);
  return bytes;
}
