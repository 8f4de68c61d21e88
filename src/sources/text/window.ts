// The bytes being read: what is left of the last read, and the next few MiB behind it.

/** How much is read at a time. */
const READ_BYTES = 2 * 1024 * 1024;

export class Window {
  /** Holds at least one byte more than `end`. */
  bytes = Buffer.allocUnsafeSlow(2 * READ_BYTES);
  start = 0;
  end = 0;
  /** Nothing follows `end`. */
  final = false;

  readonly #input: AsyncIterator<Buffer>;
  #waiting: Buffer | undefined;

  constructor(input: AsyncIterable<Buffer>) {
    this.#input = input[Symbol.asyncIterator]();
  }

  /** Keeps what lies between `start` and `end` and reads on behind it. */
  async fill(): Promise<void> {
    this.bytes.copyWithin(0, this.start, this.end);
    this.end -= this.start;
    this.start = 0;
    const goal = this.end + READ_BYTES;
    if (goal >= this.bytes.length) {
      const larger = Buffer.allocUnsafeSlow(2 * goal);
      this.bytes.copy(larger, 0, 0, this.end);
      this.bytes = larger;
    }
    while (this.end < goal && !this.final) {
      const chunk = this.#waiting ?? (await this.#next());
      if (!chunk) continue;
      const fits = Math.min(chunk.length, goal - this.end);
      chunk.copy(this.bytes, this.end, 0, fits);
      this.end += fits;
      this.#waiting = fits < chunk.length ? chunk.subarray(fits) : undefined;
    }
  }

  /** Ends the input where it was not read to its end. */
  async close(): Promise<void> {
    await this.#input.return?.();
  }

  async #next(): Promise<Buffer | undefined> {
    const { done, value } = await this.#input.next();
    if (done) this.final = true;
    return done ? undefined : value;
  }
}
