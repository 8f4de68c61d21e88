// The memory that threads and kernel share, given out from the bottom up, and the records that lie in it.

import { CarelakeError } from '../../../errors.js';

const PAGE = 65_536;

/** One training's memory: it only grows, and is gone with the training. */
export class Memory {
  readonly shared = new WebAssembly.Memory({ initial: 2, maximum: PAGE, shared: true });
  #top = PAGE;

  /** Bytes that are zero, at an address divisible by 64. @throws LEARN_TOO_LARGE beyond 4 GiB. */
  take(bytes: number): number {
    const at = this.#top;
    this.#top += Math.ceil(bytes / 64) * 64 + 64;
    const lacking = Math.ceil((this.#top - this.shared.buffer.byteLength) / PAGE);
    if (lacking > 0) this.#grow(lacking);
    return at;
  }

  #grow(pages: number): void {
    try {
      this.shared.grow(pages);
    } catch (cause) {
      const needed = Math.ceil(this.#top / 2 ** 20);
      throw new CarelakeError('LEARN_TOO_LARGE', `This training needs ${needed} MiB and more.`, { cause });
    }
  }

  /** What was given out, as it stands. */
  copy(): Uint8Array {
    return new Uint8Array(this.shared.buffer, PAGE, this.#top - PAGE).slice();
  }
  /** Brings a copy back in the place of what stands there. */
  restore(copy: Uint8Array): void {
    this.clear();
    new Uint8Array(this.shared.buffer, this.take(copy.length), copy.length).set(copy);
  }
  /** Gives everything out anew; what it then gives is not zero. */
  clear(): void {
    this.#top = PAGE;
  }

  bytes(n: number): Uint8Array {
    const at = this.take(n);
    return new Uint8Array(this.shared.buffer, at, n);
  }
  ids(n: number): Uint32Array {
    const at = this.take(4 * n);
    return new Uint32Array(this.shared.buffer, at, n);
  }
  numbers(n: number): Float64Array {
    const at = this.take(8 * n);
    return new Float64Array(this.shared.buffer, at, n);
  }
  view(): DataView {
    return new DataView(this.shared.buffer);
  }
}

type Kind = 'u32' | 'i32' | 'f64' | 'i64' | 'mask';
const SIZES = { u32: 4, i32: 4, f64: 8, i64: 8, mask: 32 };

/** Where each field of a record of assembly/layout.ts lies: in the order given, each at a multiple of its size. */
export function layout<Name extends string>(fields: Record<Name, Kind>) {
  let size = 0;
  const places = {} as Record<Name, number>;
  for (const [name, kind] of Object.entries(fields) as [Name, Kind][]) {
    const unit = Math.min(SIZES[kind], 8);
    size = Math.ceil(size / unit) * unit;
    places[name] = size;
    size += SIZES[kind];
  }
  size = Math.ceil(size / 8) * 8;
  return {
    size,
    at: places,
    write(view: DataView, at: number, values: Partial<Record<Name, number>>): void {
      for (const [name, value] of Object.entries(values) as [Name, number][]) {
        const place = at + places[name];
        if (fields[name] === 'f64') view.setFloat64(place, value, true);
        else view.setInt32(place, value, true);
      }
    },
  };
}
