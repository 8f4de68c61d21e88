// Which rows a model is trained on and which it is judged by: never the same patient on both sides.
import { rowsWhere } from './patients.js';
import { mixed } from './random.js';

/** Row numbers, ascending. */
export interface Split {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/**
 * The fold of a patient, from 0 to `folds` − 1, by a hash of the key alone: it stays when other patients come or go.
 * MurmurHash3 of the key's UTF-16 units (Austin Appleby; public domain).
 */
export function foldOfPatient(key: string, seed: number, folds: number): number {
  let hash = seed | 0;
  for (let at = 0; at < key.length; at++) {
    let unit = Math.imul(key.charCodeAt(at), 0xcc9e2d51);
    unit = Math.imul((unit << 15) | (unit >>> 17), 0x1b873593);
    hash ^= unit;
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  return Math.floor((mixed(hash ^ key.length) / 2 ** 32) * folds);
}

/** For each fold: its rows to be judged by, all others to be trained on. */
export const splitsByPatient = (fold: Int32Array, folds: number): Split[] =>
  Array.from({ length: folds }, (_, own) => ({
    train: rowsWhere(fold.length, (row) => fold[row] !== own),
    test: rowsWhere(fold.length, (row) => fold[row] === own),
  }));

interface InTime {
  /** Of each row's index moment, in days since any origin. */
  readonly day: Int32Array;
  /** From this day on, rows are judged by. */
  readonly cutoff: number;
  /** How many days after its index moment the outcome of a row is known. */
  readonly horizon: number;
}

/**
 * For each fold: its rows from the cutoff on to be judged by, the other folds' rows whose outcome was known at the cutoff to
 * be trained on. So every late row is judged once, by a model that has seen neither its patient nor its time.
 */
export const splitsByTime = (fold: Int32Array, folds: number, { day, cutoff, horizon }: InTime): Split[] =>
  Array.from({ length: folds }, (_, own) => ({
    train: rowsWhere(fold.length, (row) => fold[row] !== own && (day[row] as number) + horizon <= cutoff),
    test: rowsWhere(fold.length, (row) => fold[row] === own && (day[row] as number) >= cutoff),
  }));

/** The first day such that no more than `early` of the rows lie before it. */
export function cutoffDay(day: Int32Array, early = 0.8): number {
  const sorted = day.toSorted();
  return sorted[Math.min(sorted.length - 1, Math.floor(early * sorted.length))] as number;
}
