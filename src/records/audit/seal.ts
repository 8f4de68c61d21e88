// The hash of a line: SHA-256 over its fields in a fixed order, or HMAC-SHA-256 where there is a key, so that whoever can
// write the file but has no key cannot make a chain that holds.
import { createHmac, hash } from 'node:crypto';
import { hashed, type Line } from './line.js';

export interface Seals {
  /** Of the key that new lines are sealed with; null where there is none. */
  readonly own: string | null;
  /** The hash of a line under the key that it names; undefined where that key is not at hand. */
  hash(line: Omit<Line, 'hash'>): string | undefined;
}

/** @param keys The first one seals; the others are those of older lines. */
export function sealsOf(keys: readonly string[]): Seals {
  const byId = new Map(keys.map((key) => [idOf(key), key]));
  const [first] = keys;
  return {
    own: first === undefined ? null : idOf(first),
    hash(line) {
      const text = canonical(line);
      if (line.seal === null) return hash('sha256', text, 'hex');
      const key = byId.get(line.seal);
      return key === undefined ? undefined : createHmac('sha256', key).update(text).digest('hex');
    },
  };
}

/** One text for one line: its values as a JSON array. */
const canonical = (line: Omit<Line, 'hash'>): string =>
  JSON.stringify(['carelake-audit-1', ...hashed.map((field) => line[field])]);

/** Tells keys apart and gives nothing of them away. */
const idOf = (key: string): string => createHmac('sha256', key).update('carelake audit key').digest('hex').slice(0, 16);
