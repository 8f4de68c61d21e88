// What was typed into one table since a run read the log. It stays in memory until a run reads it, so of each record only the
// newest version is kept, as text, which is smaller than an entry as an object.
import type { Entry, Values } from '../../records/entry.js';
import { inKeyOrder, type RunRowKey } from '../../records/run-rows.js';

export type TypedRecord = Pick<Entry, 'key' | 'sequence' | 'kind' | 'version' | 'after'>;

interface Kept extends Omit<TypedRecord, 'after'> {
  /** JSON; null where the record was deleted. */
  readonly after: string | null;
}

export class TypedTable {
  readonly #newest = new Map<string, Kept>();
  /** The same keys in the order of lists; those that came since it was last asked for are at its end. */
  readonly #ordered: string[] = [];
  #inOrder = 0;
  /** How many records are there, which is to say were not deleted. */
  #present = 0;
  /** How many of the first keys have a row in a run. */
  #replaced = { run: '', keys: 0, rows: 0 };

  /** Of how many records there are entries. */
  get size(): number {
    return this.#newest.size;
  }

  take({ key, sequence, kind, version, after }: TypedRecord): void {
    this.#put({ key, sequence, kind, version, after: after === null ? null : JSON.stringify(after) });
  }

  /** Takes what another has that stands after a place of the log. */
  keep(other: TypedTable, after: number): void {
    for (const kept of other.#newest.values()) if (kept.sequence > after) this.#put(kept);
  }

  newest(key: string): TypedRecord | undefined {
    const kept = this.#newest.get(key);
    return kept && shown(kept);
  }

  *all(): Generator<TypedRecord> {
    for (const kept of this.#newest.values()) yield shown(kept);
  }

  has(key: string): boolean {
    return this.#newest.has(key);
  }

  /** The records that are there, in the order of lists, from after a place on. */
  *after(place: RunRowKey | null): Generator<TypedRecord> {
    const keys = this.#keysInOrder();
    for (let at = place ? this.#placeOf(place.key, place.source) : 0; at < keys.length; at++) {
      const kept = this.#newest.get(keys[at] as string) as Kept;
      if (kept.after !== null) yield shown(kept);
    }
  }

  /**
   * By how much they make a run longer: those that are there, less those that have a row in it. Each key is asked about once
   * for a run.
   * @param count How many of some keys the run has; undefined where nobody knows.
   */
  async added(
    run: string,
    count: (keys: readonly string[]) => Promise<number | undefined>,
  ): Promise<number | undefined> {
    const present = this.#present;
    let { keys, rows } = this.#replaced.run === run ? this.#replaced : { keys: 0, rows: 0 };
    const fresh = keys < this.size ? [...this.#newest.keys()].slice(keys) : [];
    for (let at = 0; at < fresh.length; at += askedAtOnce) {
      const some = fresh.slice(at, at + askedAtOnce);
      const found = await count(some);
      if (found === undefined) return undefined;
      keys += some.length;
      rows += found;
    }
    this.#replaced = { run, keys, rows };
    return present - rows;
  }

  #put(kept: Kept): void {
    const before = this.#newest.get(kept.key);
    if (!before) this.#ordered.push(kept.key);
    this.#present += Number(kept.after !== null) - Number(before !== undefined && before.after !== null);
    this.#newest.set(kept.key, kept);
  }

  #keysInOrder(): readonly string[] {
    const fresh = this.#ordered.length - this.#inOrder;
    if (fresh > fewKeys) this.#ordered.sort(inOrder);
    else for (const key of this.#ordered.splice(this.#inOrder)) this.#ordered.splice(this.#placeOf(key), 0, key);
    this.#inOrder = this.#ordered.length;
    return this.#ordered;
  }

  /** Where the first key after a place stands. */
  #placeOf(key: string, source = 'default'): number {
    let [low, high] = [0, this.#ordered.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (inKeyOrder({ key: this.#ordered[middle] as string, source: 'default' }, { key, source }) > 0) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

const askedAtOnce = 1000;

/** So many are put in their places one by one. */
const fewKeys = 100;

const inOrder = (a: string, b: string): number => inKeyOrder({ key: a, source: '' }, { key: b, source: '' });

const shown = ({ after, ...kept }: Kept): TypedRecord => ({
  ...kept,
  after: after === null ? null : (JSON.parse(after) as Values),
});
