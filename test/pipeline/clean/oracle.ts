// What a number or a date must become, worked out without SQL: exact integers for numbers, the calendar by its rules.
import type { Field } from '../../../src/catalog/field.js';
import { missingValues } from '../../../src/catalog/missing-values.js';
import type { Cell } from './cells.js';

const blanks = /^\p{White_Space}+|\p{White_Space}+$/gu;

const trimmed = (text: string): string => text.replace(blanks, '');
export const isMissing = (text: string): boolean => missingValues.includes(trimmed(text).toLowerCase());

const flawed = ({ invalid }: Field, reason: string): Cell =>
  invalid === 'reject' ? { value: null, rejected: reason } : { value: null, missing: reason };

/** An exact decimal: `digits` × 10^-`places`. */
interface Decimal {
  readonly digits: bigint;
  readonly places: number;
}

/** At a scale, half away from zero. */
function rounded({ digits, places }: Decimal, scale: number): bigint {
  if (places <= scale) return digits * 10n ** BigInt(scale - places);
  const unit = 10n ** BigInt(places - scale);
  const half = digits < 0n ? -unit / 2n : unit / 2n;
  return (digits + half) / unit;
}

const numberText = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/;

/** The number that a plain text writes, undefined where it writes none. */
function decimal(text: string): Decimal | undefined {
  const [, sign, whole = '', fraction = '', exponent = '0'] = numberText.exec(text) ?? [];
  if (whole + fraction === '') return undefined;
  // Beyond a hundred places it matters to nobody how large or small.
  const power = Math.max(-100, Math.min(100, Number(exponent)));
  const digits = BigInt(sign + whole + fraction);
  return power > fraction.length
    ? { digits: digits * 10n ** BigInt(power - fraction.length), places: 0 }
    : { digits, places: fraction.length - power };
}

/** What a text becomes in a number field, whose bounds are its own. */
export function numberCell(text: string, field: Field): Cell {
  if (isMissing(text)) return { value: null };
  const exact = decimal(trimmed(text));
  if (!exact) return flawed(field, 'not_a_number');
  const scale = field.type === 'integer' ? 6 : (field.scale ?? 6);
  // A number with a power of ten is read to six places first, and only below 10^9.
  const hasPower = /e/i.test(text);
  const read = hasPower ? { digits: rounded(exact, 6), places: 6 } : exact;
  const at = rounded(read, scale);
  const one = 10n ** BigInt(scale);
  // Of more than twelve digits only a plain whole number is read.
  const huge = (at < 0n ? -at : at) >= 10n ** (hasPower ? 9n : 12n) * one;
  if (huge && !(field.type === 'integer' && /^[+-]?\d{1,18}$/.test(trimmed(text))))
    return flawed(field, 'out_of_range');
  if (field.type === 'integer' && at % one !== 0n) return flawed(field, 'not_whole');
  const value = at % one === 0n ? Number(at / one) : Number(at) / Number(one);
  const { min = -Infinity, max = Infinity } = field;
  return value < min || value > max ? flawed(field, 'out_of_range') : { value: value + 0 };
}

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether the proleptic Gregorian calendar has the day. */
export function dayExists(year: number, month: number, day: number): boolean {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const length = month === 2 && leap ? 29 : monthLengths[month - 1];
  return year >= 1 && length !== undefined && day >= 1 && day <= length;
}
