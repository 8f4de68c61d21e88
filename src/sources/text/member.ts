// One text to read, wherever it lies: a file, what a gzip holds, a member of a zip.
import type { Readable } from 'node:stream';
import type { Objects, StoredObject } from '../../lake/objects.js';

export interface Member {
  /** As the user knows it: relative to the given folder, `archive.zip/member.csv`. Any character may be in it. */
  readonly file: string;
  /** The path of the physical file that holds it, or the address of the object. */
  readonly container: string;
  /** The size of the text, or null where only reading tells (gzip). */
  readonly bytes: number | null;
  /**
   * The text from its first byte. The stream fails with a coded error that names the file.
   * @param from A copy of the container to read from instead.
   */
  open(from?: string): Promise<Readable>;
  /** Where it is read from an object as that comes, without a copy on this machine. */
  readonly streamed?: Streamed;
}

export interface Streamed {
  readonly object: StoredObject;
  /** Its bytes; each time it is asked for again. */
  open(): ReturnType<Objects['read']>;
  /** The text in the bytes of the object. */
  textOf(bytes: Readable): Readable;
}

/** An archive of which a part has come. */
export interface Arriving {
  /** The next bytes. Throws what `membersOf` or reading a member would, as soon as that is certain. */
  take(chunk: Buffer): void | Promise<void>;
  close(): void;
}

/** A file that is not read, and why. */
export interface Skipped {
  readonly file: string;
  readonly why: string;
}

export interface Members {
  readonly members: readonly Member[];
  readonly skipped: readonly Skipped[];
}
