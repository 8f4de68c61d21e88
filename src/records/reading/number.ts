// Numbers as people type them: `65`, `65.0`, `.5`, `5.5 mmol/L`, rounded to the field's places half away from zero.
import type { Field } from '../../catalog/field.js';

const form = /^([+-]?)([0-9]*)[.]?([0-9]*)(?:[eE]([+-]?[0-9]{1,3}))?[ ]*(.*)$/;

/** Undefined where the text is no number of the field, or lies beyond its bounds. */
export function readNumber(field: Field, text: string): number | undefined {
  const [, sign = '', whole = '', places = '', power, unit = ''] = form.exec(text) ?? [];
  if (whole === '' && places === '') return undefined;
  const factor = unit === '' ? 1 : factorOf(field, unit);
  if (factor === undefined) return undefined;
  const isPlain = power === undefined && factor === 1;
  const given = Number(`${sign}${whole || '0'}.${places || '0'}e${power ?? '0'}`) * factor;
  const decimal = isPlain ? { whole, places } : partsOf(Math.abs(given));
  if (!decimal) return undefined;
  const scale = field.type === 'integer' ? 6 : (field.scale ?? 6);
  const magnitude = rounded(decimal.whole, decimal.places, scale);
  // No 0 with a sign.
  const value = sign === '-' && magnitude !== 0 ? -magnitude : magnitude;
  if (field.type === 'integer' && !Number.isSafeInteger(value)) return undefined;
  if (field.min === undefined && field.max === undefined && Math.abs(value) >= 1e12) return undefined;
  return value < (field.min ?? -Infinity) || value > (field.max ?? Infinity) ? undefined : value;
}

function factorOf({ unit, foreignUnits = [] }: Field, given: string): number | undefined {
  const own = unit === undefined ? [] : [{ unit, factor: 1 }];
  return [...own, ...foreignUnits].find((one) => one.unit.toLowerCase() === given.trim().toLowerCase())?.factor;
}

/** The digits of a number before and behind its point; undefined of one that is beyond all bounds. */
function partsOf(value: number): { whole: string; places: string } | undefined {
  if (!(value < 1e20)) return undefined;
  const [whole = '', places = ''] = value.toFixed(15).split('.');
  return { whole, places };
}

/** By the digits, since 0.15 is less than that as a double. */
function rounded(whole: string, places: string, scale: number): number {
  const digits = BigInt(`0${whole}${places.slice(0, scale).padEnd(scale, '0')}`);
  const up = (places[scale] ?? '0') >= '5' ? 1n : 0n;
  const text = String(digits + up).padStart(scale + 1, '0');
  return Number(`${text.slice(0, text.length - scale)}.${text.slice(text.length - scale)}`);
}
