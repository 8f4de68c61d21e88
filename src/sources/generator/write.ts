// A text file written in bounded memory: one buffer is filled while the one before it goes to disk.
import { type FileHandle, open } from 'node:fs/promises';

/** Text is encoded in pieces of about so many UTF-16 units: small enough that it dies young in the garbage collector. */
const PIECE = 4096;
/** From how many bytes on a buffer should go to disk, and how large it is to begin with. */
const FULL = 512 * 1024;
const CAPACITY = 2 * FULL;
const MOST_BYTES_PER_UNIT = 3;

export class BufferedFile {
  readonly path: string;
  /** Records written: neither header nor blank lines. */
  rows = 0;
  /** Physical lines written, the header among them. */
  lines = 0;
  readonly #handle: FileHandle;
  #piece = '';
  #filling = Buffer.allocUnsafe(CAPACITY);
  #spare = Buffer.allocUnsafe(CAPACITY);
  #filled = 0;
  #writing: Promise<void> = Promise.resolve();

  private constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.#handle = handle;
  }

  static async create(path: string): Promise<BufferedFile> {
    return new BufferedFile(path, await open(path, 'w'));
  }

  /** Adds one record of so many physical lines; `text` ends in a line end. */
  record(text: string, lines = 1): void {
    this.rows++;
    this.#add(text, lines);
  }

  /** Adds one line that is no record: a header, or a blank line. */
  line(text: string): void {
    this.#add(text, 1);
  }

  /** Whether `flush` is due. Who adds without asking makes the buffer grow. */
  get full(): boolean {
    return this.#filled >= FULL;
  }

  #add(text: string, lines: number): void {
    this.lines += lines;
    this.#piece += text;
    if (this.#piece.length >= PIECE) this.#encode();
  }

  #encode(): void {
    const needed = this.#filled + this.#piece.length * MOST_BYTES_PER_UNIT;
    if (needed > this.#filling.length) {
      const larger = Buffer.allocUnsafe(2 * needed);
      this.#filling.copy(larger, 0, 0, this.#filled);
      this.#filling = larger;
    }
    this.#filled += this.#filling.write(this.#piece, this.#filled, 'utf8');
    this.#piece = '';
  }

  /** Hands what was added to the disk, after waiting for the buffer before it. */
  async flush(): Promise<void> {
    this.#encode();
    await this.#writing;
    const bytes = this.#filling.subarray(0, this.#filled);
    [this.#filling, this.#spare] = [this.#spare, this.#filling];
    this.#filled = 0;
    this.#writing = writeAll(this.#handle, bytes);
    // a failure is thrown by the next await of this promise; until then it must not count as unhandled
    this.#writing.catch(() => undefined);
  }

  /** Waits for everything to be on disk, and closes the file; also after a failure. */
  async close(): Promise<void> {
    try {
      await this.flush();
      await this.#writing;
    } finally {
      await this.#handle.close();
    }
  }
}

async function writeAll(handle: FileHandle, bytes: Buffer): Promise<void> {
  let written = 0;
  while (written < bytes.length) written += (await handle.write(bytes, written)).bytesWritten;
}
