// The codes that a range of codes spans, listed, so that they can be looked up.
import type { CodeRange } from './charlson.js';

const digits = '0123456789';
/** From its third place on a category of ICD-10-CM may have a letter: C7A. */
const digitsAndLetters = `${digits}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;

/**
 * Every text that the first characters of a code of the range can be, as many as `end` has: also shorter ones, which are whole
 * codes. A range stays within one first letter, or within numbers.
 */
export function codesIn({ start, end }: CodeRange): readonly string[] {
  const letter = /^[A-Z]/.test(start) ? start.charAt(0) : '';
  const further = (length: number): string => (letter && length >= 2 ? digitsAndLetters : digits);
  let known = [letter];
  const found: string[] = [];
  for (let length = letter.length; length < end.length; length++) {
    known = known
      .flatMap((prefix) => [...further(length)].map((character) => prefix + character))
      // What can still lead into the range.
      .filter((prefix) => prefix >= start.slice(0, prefix.length) && prefix <= end);
    found.push(...known.filter((code) => code.length >= start.length && code >= start));
  }
  return found;
}
