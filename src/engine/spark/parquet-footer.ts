// How many rows a Parquet file holds, read from its footer: Thrift's compact protocol, of which one number is wanted.
// https://parquet.apache.org/docs/file-format/metadata/, https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
import { open } from 'node:fs/promises';
import { CarelakeError } from '../../errors.js';

/** The field of FileMetaData that holds the number of rows. */
const rowsField = 3;

/** The length of the footer and the sign of the format end a file. */
const tailBytes = 8;

/** @throws LAKE_DAMAGED where the file cannot be read or is no whole Parquet file. */
export async function parquetRows(path: string): Promise<number> {
  try {
    return await rowsOfFile(path);
  } catch (cause) {
    throw new CarelakeError('LAKE_DAMAGED', `${path} cannot be read as Parquet.`, { cause });
  }
}

async function rowsOfFile(path: string): Promise<number> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const tail = await read(tailBytes, size - tailBytes);
    if (tail.toString('latin1', 4) !== 'PAR1') throw new Error(`${path} is no Parquet file.`);
    const length = tail.readUInt32LE(0);
    return rowsIn(await read(length, size - tailBytes - length));
  } finally {
    await file.close();
  }

  async function read(length: number, position: number): Promise<Buffer> {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, position);
    if (bytesRead !== length) throw new Error(`${path} ended before it was to.`);
    return buffer;
  }
}

function rowsIn(footer: Buffer): number {
  const reader = new CompactReader(footer);
  for (let field = reader.field(0); field; field = reader.field(field.id)) {
    if (field.id === rowsField) return Number(reader.integer());
    reader.skip(field.type);
  }
  throw new Error('The footer of a Parquet file does not say how many rows it has.');
}

/** Types of Thrift's compact protocol, by their numbers. */
const type = { true: 1, false: 2, byte: 3, double: 7, binary: 8, list: 9, set: 10, map: 11, struct: 12 } as const;

class CompactReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** The next field of a struct after the field `before`, or undefined at its end. */
  field(before: number): { id: number; type: number } | undefined {
    const head = this.#byte();
    if (head === 0) return undefined;
    const step = head >> 4;
    return { id: step === 0 ? Number(this.integer()) : before + step, type: head & 0x0f };
  }

  /** A signed integer of any size, written zigzag. */
  integer(): bigint {
    const coded = this.#varint();
    return (coded >> 1n) ^ -(coded & 1n);
  }

  skip(kind: number): void {
    if (kind === type.true || kind === type.false) return;
    if (kind === type.byte) this.#at += 1;
    else if (kind === type.double) this.#at += 8;
    else if (kind === type.binary) this.#skipText();
    else if (kind === type.list || kind === type.set) this.#skipList();
    else if (kind === type.map)
      throw new Error('The footer of a Parquet file holds a map, which the format does not have.');
    else if (kind === type.struct)
      for (let field = this.field(0); field; field = this.field(field.id)) this.skip(field.type);
    else this.#varint();
  }

  #skipText(): void {
    const length = Number(this.#varint());
    this.#at += length;
  }

  #skipList(): void {
    const head = this.#byte();
    const short = head >> 4;
    const size = short === 15 ? Number(this.#varint()) : short;
    const kind = head & 0x0f;
    // In a list a boolean takes a byte.
    for (let item = 0; item < size; item++) this.skip(kind === type.true || kind === type.false ? type.byte : kind);
  }

  #varint(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.#byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  }

  #byte(): number {
    return this.#bytes.readUInt8(this.#at++);
  }
}
