// One value of a request as a feature understands it.
import type { Feature } from '../../catalog/features/feature.js';
import { missingValues } from '../../catalog/missing-values.js';

/** A value, or why there is none: `problem` leaves it missing with a warning, `fault` refuses the request. */
export type Reading =
  | { readonly value: number | string | null }
  | { readonly problem: string }
  | { readonly fault: string };

const nothing: Reading = { value: null };
const number = /^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]{1,3})?$/;

/** @param dictionary The values that the model knows of a category. */
export function readValue(feature: Feature, raw: unknown, dictionary: readonly string[] | undefined): Reading {
  if (raw === null || raw === undefined) return nothing;
  if (typeof raw === 'object') return { fault: 'It must be a number or a text.' };
  const text = String(raw).trim();
  const meaning = meaningOf(feature, text);
  if (meaning === undefined && missingValues.includes(text.toLowerCase())) return nothing;
  return feature.type === 'number' ? readNumber(feature, text) : readCategory(feature, meaning ?? text, dictionary);
}

/** The allowed value that a text means, by itself or by a synonym, whatever its case. */
function meaningOf({ values = [] }: Feature, text: string): string | undefined {
  const word = text.toLowerCase();
  return values.find(({ value, synonyms }) => value.toLowerCase() === word || synonyms.includes(word))?.value;
}

function readNumber({ min, max, unit }: Feature, text: string): Reading {
  const flag = min === 0 && max === 1 ? { true: 1, yes: 1, false: 0, no: 0 }[text.toLowerCase()] : undefined;
  if (flag !== undefined) return { value: flag };
  const value = number.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value)) return { fault: `It must be a number${unit ? ` of ${unit}` : ''}.` };
  const within = value >= (min ?? Number.NEGATIVE_INFINITY) && value <= (max ?? Number.POSITIVE_INFINITY);
  return within ? { value } : { fault: `It must lie between ${min} and ${max}.` };
}

function readCategory({ values }: Feature, value: string, dictionary: readonly string[] = []): Reading {
  if (dictionary.includes(value)) return { value };
  const known = values && values.length <= 20 ? ` It knows ${values.map((one) => one.value).join(', ')}.` : '';
  return { problem: `The model does not know this value; it is taken as missing.${known}` };
}
