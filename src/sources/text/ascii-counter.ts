// A number that is counted up and written as ASCII digits for every record: no division, no string.

const ZERO = 48;
const NINE = 57;
/** 2^53 has 16 digits. */
const WIDTH = 16;

export class AsciiCounter {
  value: number;
  readonly #digits = new Uint8Array(WIDTH);
  /** Where the first digit stands. */
  #first = WIDTH;

  constructor(value: number) {
    this.value = value;
    this.#render();
  }

  increment(): void {
    this.value++;
    let at = WIDTH - 1;
    while (at >= this.#first && this.#digits[at] === NINE) this.#digits[at--] = ZERO;
    if (at >= this.#first) (this.#digits[at] as number)++;
    else this.#render();
  }

  add(count: number): void {
    this.value += count;
    this.#render();
  }

  /** Writes the digits at `to`; returns the position after them. */
  write(target: Uint8Array, to: number): number {
    let at = to;
    for (let digit = this.#first; digit < WIDTH; digit++) target[at++] = this.#digits[digit] as number;
    return at;
  }

  #render(): void {
    const text = String(this.value);
    this.#first = WIDTH - text.length;
    for (let index = 0; index < text.length; index++) this.#digits[this.#first + index] = text.charCodeAt(index);
  }
}
