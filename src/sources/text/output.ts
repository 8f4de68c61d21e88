// Bytes on their way to a piece: filled by the scanner, taken by the writer.

export interface Taken {
  readonly bytes: Buffer;
  readonly records: number;
}

export class Output {
  bytes: Buffer;
  length = 0;
  records = 0;
  #spare: Buffer;

  constructor(capacity: number) {
    this.bytes = Buffer.allocUnsafeSlow(capacity);
    this.#spare = Buffer.allocUnsafeSlow(0);
  }

  /** Whether there is room for `more` bytes. */
  holds(more: number): boolean {
    return this.length + more <= this.bytes.length;
  }

  /** Makes room for `more` bytes. */
  reserve(more: number): void {
    if (this.holds(more)) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.length + more, 2 * this.bytes.length));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }

  /** Hands out what was written and goes on in a second buffer; what was handed out before is overwritten then. */
  take(): Taken {
    const taken = { bytes: this.bytes.subarray(0, this.length), records: this.records };
    const next = this.#spare.length < this.bytes.length ? Buffer.allocUnsafeSlow(this.bytes.length) : this.#spare;
    this.#spare = this.bytes;
    this.bytes = next;
    this.length = 0;
    this.records = 0;
    return taken;
  }
}
