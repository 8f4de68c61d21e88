// One value that somebody types, read as its field: what cleaning would make of the same text, or what is wrong with it.
// Where cleaning sets a value missing, a person is told.
import type { Field } from '../../catalog/field.js';
import { missingValues } from '../../catalog/missing-values.js';
import type { Value } from '../entry.js';
import { readBloodPressure } from './blood-pressure.js';
import { readDate, readTime } from './date.js';
import { readNumber } from './number.js';
import type { Reading } from './reading.js';
import { trimmed } from './trim.js';

const mostCharacters = 10_000;
/** Ids stand in addresses. */
const mostOfId = 200;
/** Of numbers, dates and codes. */
const mostOfWord = 200;

/** @param today The local calendar date, YYYY-MM-DD: the future begins on the day after. */
export function readValue(field: Field, raw: unknown, today: string): Reading {
  if (raw === null || raw === undefined) return { value: null };
  const given = textOf(field, raw);
  if (given === undefined) return { fault: `It must be ${formOf(field)}.` };
  if (/\0|\p{Surrogate}/u.test(given)) return { fault: 'It holds characters that are no text.' };
  const text = trimmed(given);
  if (isMissing(field, text)) return { value: null };
  const most = mostOf(field);
  if (text.length > most) return { fault: `It may have at most ${most.toLocaleString('en-US')} characters.` };
  return readText(field, text, today);
}

function mostOf({ type, identifier }: Field): number {
  if (identifier === 'H' || identifier === 'R') return mostOfId;
  return type === 'text' || type === 'list' ? mostCharacters : mostOfWord;
}

/** A number is read as the text that it is; a list as its items with ; between. */
function textOf({ type }: Field, raw: unknown): string | undefined {
  if (typeof raw === 'string') return raw;
  if (typeof raw === 'number') return String(raw);
  if (typeof raw === 'boolean') return type === 'code' ? String(raw) : undefined;
  const isListOfTexts = type === 'list' && Array.isArray(raw) && raw.every((item) => typeof item === 'string');
  return isListOfTexts ? raw.join(';') : undefined;
}

function isMissing({ values = [] }: Field, text: string): boolean {
  const word = text.toLowerCase();
  return missingValues.includes(word) && !values.some((one) => meansWord(one, word));
}

const meansWord = ({ value, synonyms }: NonNullable<Field['values']>[number], word: string): boolean =>
  value.toLowerCase() === word || synonyms.some((synonym) => synonym.toLowerCase() === word);

function readText(field: Field, text: string, today: string): Reading {
  switch (field.type) {
    case 'integer':
    case 'decimal':
      return read(field, readNumber(field, text));
    case 'date':
      return readDate(field, text, today);
    case 'timestamp':
      return readTime(field, text, today);
    case 'code':
      return read(field, field.values?.find((one) => meansWord(one, text.toLowerCase()))?.value);
    case 'list': {
      const items = text.split(/[;|]/).map((item) => trimmed(item));
      const present = items.filter((item) => item !== '');
      // As the one text that it lands as, it may say that there is no value.
      return { value: isMissing(field, present.join(';')) ? null : present };
    }
    case 'blood-pressure':
      return read(field, readBloodPressure(field, text));
    case 'text':
      return { value: text };
  }
}

const read = (field: Field, value: Value | undefined): Reading =>
  value === undefined ? { fault: `It must be ${formOf(field)}.` } : { value };

/** What a value of the field looks like, to complete "It must be …". */
export function formOf({ type, min, max, unit, values }: Field): string {
  const inUnit = unit === undefined ? '' : `, in ${unit}`;
  const bounds = min === undefined || max === undefined ? '' : ` from ${min} to ${max}`;
  switch (type) {
    case 'integer':
      return `a whole number${bounds}${inUnit}`;
    case 'decimal':
      return `a number${bounds}${inUnit}`;
    case 'date':
      return 'a date such as 2025-01-31';
    case 'timestamp':
      return 'a date with a time such as 2025-01-31 13:45';
    case 'code':
      return `one of ${(values ?? []).map(({ value }) => value).join(', ')}`;
    case 'list':
      return 'a list of texts';
    case 'blood-pressure':
      return `two whole numbers${bounds} such as 120/80, the first above the second${inUnit}`;
    case 'text':
      return 'a text';
  }
}
