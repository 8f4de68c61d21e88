// Reproducible random numbers: one independent stream for every (seed, patient, purpose).
//
// sfc32 ("small fast counter", Chris Doty-Humphrey, PractRand; public domain): 128 bits of state of which 32 are a
// counter, so no stream is shorter than 2^32 numbers. The state is filled by the 32-bit finalizer of MurmurHash3
// (Austin Appleby; public domain) and stirred twelve times, as the author advises. Only integer arithmetic, additions
// and Math.exp/log are used: a seed gives the same numbers on every machine that runs the same JavaScript engine.

/** What a stream is for. Streams of one patient never share numbers, so defects change nothing of the clean rows. */
export const Purpose = { history: 1, defects: 2 } as const;
export type Purpose = (typeof Purpose)[keyof typeof Purpose];

const WARM_UP = 12;
const TWO_POW_32 = 4294967296;
const SQRT_3 = Math.sqrt(3);

function mix(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

export class Random {
  #a = 0;
  #b = 0;
  #c = 0;
  #counter = 1;

  /** Starts the stream of one patient anew. `seed` and `patient` are integers from 0 to 2^53 − 1. */
  restart(seed: number, patient: number, purpose: Purpose): this {
    this.#a = mix((seed % TWO_POW_32) ^ mix(purpose * 0x9e3779b9));
    this.#b = mix(this.#a ^ mix(Math.floor(seed / TWO_POW_32) + 0x7f4a7c15));
    this.#c = mix(this.#b ^ mix(patient % TWO_POW_32));
    this.#a ^= mix(this.#c + Math.floor(patient / TWO_POW_32));
    this.#counter = 1;
    for (let round = 0; round < WARM_UP; round++) this.#next();
    return this;
  }

  #next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    this.#c |= 0;
    return sum;
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    return (this.#next() >>> 0) / TWO_POW_32;
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.uniform() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  /**
   * Mean 0, standard deviation 1, from the sum of four uniforms (Irwin-Hall): close to normal, and bounded at ±3.46,
   * which keeps what is measured on people plausible.
   */
  normal(): number {
    const first = this.#next();
    const second = this.#next();
    const sum = (first >>> 16) + (first & 0xffff) + (second >>> 16) + (second & 0xffff);
    return (sum / 65536 - 2) * SQRT_3;
  }

  /** Exponential with the mean given. */
  exponential(mean: number): number {
    return -mean * Math.log(1 - this.uniform());
  }

  /** One of a list that is not empty, each as likely. */
  pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.uniform() * items.length)] as Item;
  }
}
