// Values for a field of which it is known what becomes of them: made from numbers, parts of dates and words, and judged by what
// the catalog says of the field, without any of the program's own reading.
import fc from 'fast-check';
import type { Field } from '../../../src/catalog/field.js';
import { missingValues } from '../../../src/catalog/missing-values.js';
import type { Value } from '../../../src/records/entry.js';

export interface Judged {
  readonly raw: unknown;
  /** Null where it says that there is no value; undefined where it must be refused. */
  readonly value: Value | undefined;
}

/** @param today YYYY-MM-DD */
export function judgedValues(field: Field, today: string): fc.Arbitrary<Judged> {
  return fc.oneof({ weight: 12, arbitrary: ofItsType(field, today) }, missing(field), fitsNothing(field));
}

function ofItsType(field: Field, today: string): fc.Arbitrary<Judged> {
  switch (field.type) {
    case 'integer':
    case 'decimal':
      return numbers(field);
    case 'date':
      return days(field, today).map(({ text, isGood }) => ({ raw: text, value: isGood ? text : undefined }));
    case 'timestamp':
      return times(field, today);
    case 'code':
      return words(field);
    case 'list':
      return lists(field);
    case 'blood-pressure':
      return pressures(field);
    case 'text':
      return texts(field);
  }
}

const missing = (field: Field): fc.Arbitrary<Judged> =>
  fc.oneof(
    fc.constantFrom<Judged>({ raw: null, value: null }, { raw: '', value: null }, { raw: ' \u00a0', value: null }),
    fc
      .constantFrom(...missingValues)
      .map((word) => ({ raw: ` ${word.toUpperCase()}`, value: meantBy(field, word) ?? null })),
  );

const fitsNothing = ({ type }: Field): fc.Arbitrary<Judged> =>
  fc.constantFrom(
    ...[{ $gt: '' }, [1], [['a']], [null], {}].map((raw) => ({ raw, value: undefined })),
    { raw: 'a\0', value: undefined },
    { raw: '\ud800', value: undefined },
    // A word of yes or no may be one of a list of codes.
    ...(type === 'code' ? [] : [{ raw: true, value: undefined }]),
    ...(type === 'list' ? [] : [{ raw: ['a'], value: undefined }]),
  );

/** So far out, with four places, numbers are still exact. */
const furthest = 1e11;

/** Whole numbers of the last place that is written, so that rounding and bounds are arithmetic of whole numbers. */
function numbers({ type, min, max, scale = type === 'integer' ? 0 : 6 }: Field): fc.Arbitrary<Judged> {
  const [low, high] = [min ?? -furthest, Math.min(max ?? furthest, furthest)];
  return fc.integer({ min: 0, max: 4 }).chain((places) => {
    const unit = 10 ** places;
    const near = [low, high, 0].map((bound) =>
      fc.integer({ min: Math.round((bound - 2) * unit), max: Math.round((bound + 2) * unit) }),
    );
    const between = fc.integer({ min: Math.round(low * unit), max: Math.round(Math.min(high, 1e9) * unit) });
    return fc.tuple(fc.oneof(between, ...near), fc.boolean()).map(([written, asNumber]) => {
      const text = decimalText(written, places);
      const kept = type === 'integer' ? wholeOf(written, unit) : roundedTo(written, places, scale);
      const beyond = (bound: number): boolean => (kept ?? 0) > bound * 10 ** scale;
      const isIn = kept !== undefined && !beyond(max ?? Infinity) && kept >= (min ?? -Infinity) * 10 ** scale;
      return { raw: asNumber ? Number(text) : text, value: isIn ? Number(decimalText(kept, scale)) : undefined };
    });
  });
}

const wholeOf = (written: number, unit: number): number | undefined =>
  written % unit === 0 ? written / unit + 0 : undefined;

/** Half away from zero. */
function roundedTo(written: number, places: number, scale: number): number {
  if (places <= scale) return written * 10 ** (scale - places);
  const unit = 10 ** (places - scale);
  const [size, rest] = [Math.floor(Math.abs(written) / unit), Math.abs(written) % unit];
  return Math.sign(written) * (rest * 2 >= unit ? size + 1 : size) + 0;
}

function decimalText(written: number, places: number): string {
  const digits = String(Math.abs(written)).padStart(places + 1, '0');
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return written < 0 ? `-${text}` : text;
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const lastDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function days({ past, mostYearsAgo }: Field, today: string): fc.Arbitrary<{ text: string; isGood: boolean }> {
  const [thisYear = 0] = today.split('-').map(Number);
  const years = fc.oneof(
    fc.integer({ min: thisYear - 200, max: thisYear + 2 }),
    fc.constantFrom(thisYear, thisYear - (mostYearsAgo ?? 0), 1900, 2000),
  );
  const any = fc
    .tuple(years, fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }))
    .map(([y, m, d]) => ({ text: [y, m, d].map((part) => String(part).padStart(2, '0')).join('-'), y, m, d }));
  return any.map(({ text, y, m, d }) => {
    const last = m === 2 && isLeap(y) ? 29 : (lastDays[m - 1] ?? 0);
    const isDay = d >= 1 && d <= last;
    // A day that a year does not have is the one before it.
    const earliest = `${thisYear - (mostYearsAgo ?? 0)}${today.slice(4).replace('-02-29', '-02-28')}`;
    const isTooLate = past === true && text > today;
    return { text, isGood: isDay && !isTooLate && (mostYearsAgo === undefined || text >= earliest) };
  });
}

const times = (field: Field, today: string): fc.Arbitrary<Judged> =>
  fc
    .tuple(days(field, today), fc.nat(24), fc.nat(60), fc.nat(60), fc.constantFrom(' ', 'T'))
    .map(([day, hour, minute, second, between]) => {
      const time = [hour, minute, second].map((part) => String(part).padStart(2, '0')).join(':');
      const isGood = day.isGood && hour < 24 && minute < 60 && second < 60;
      return { raw: `${day.text}${between}${time}`, value: isGood ? `${day.text} ${time}` : undefined };
    });

/** The value that a field's list has for a word. */
const meantBy = ({ values = [] }: Field, word: string): string | undefined =>
  values.find(({ value, synonyms }) => [value, ...synonyms].some((one) => one.toLowerCase() === word.toLowerCase()))
    ?.value;

function words(field: Field): fc.Arbitrary<Judged> {
  const ofList = (field.values ?? []).flatMap(({ value, synonyms }) => [value, ...synonyms]);
  const cased = fc
    .tuple(
      fc.constantFrom(...ofList),
      fc.constantFrom('as it is', 'upper', 'lower'),
      fc.constantFrom('', ' ', '\t\u2003'),
    )
    .map(([word, how, blank]) => ({
      raw: `${blank}${how === 'upper' ? word.toUpperCase() : how === 'lower' ? word.toLowerCase() : word}${blank}`,
      value: meantBy(field, word),
    }));
  const other = fc
    .oneof(fc.string({ unit: fc.constantFrom(...'abemnyo'), minLength: 1, maxLength: 5 }), fc.boolean(), fc.nat(3))
    .map((raw) => ({ raw, value: meantBy(field, String(raw)) ?? (isMissing(String(raw)) ? null : undefined) }));
  return fc.oneof({ weight: 3, arbitrary: cased }, other);
}

const isMissing = (text: string): boolean => missingValues.includes(text.toLowerCase());

const trim = (text: string): string => text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, '');

const letters = fc.constantFrom(...'aZ0é😀 .\'"\\/\u00a0\u0301\n', 'none', '?');

/** Ids stand in addresses, and are shorter. */
const longest = ({ identifier }: Field): number => (identifier === 'H' || identifier === 'R' ? 200 : 10_000);

function texts(field: Field): fc.Arbitrary<Judged> {
  const short = fc.string({ unit: letters, maxLength: 8 });
  const long = fc.constantFrom(-1, 0, 1).map((more) => 'x'.repeat(longest(field) + more));
  return fc.oneof({ weight: 6, arbitrary: short }, long, fc.integer().map(String)).map((raw) => {
    const text = trim(raw);
    return { raw, value: isMissing(text) ? null : text.length > longest(field) ? undefined : text };
  });
}

function lists(field: Field): fc.Arbitrary<Judged> {
  const items = fc.array(fc.string({ unit: fc.constantFrom(...'ab; |é', 'none'), maxLength: 5 }), { maxLength: 4 });
  return fc.tuple(items, fc.boolean()).map(([some, isText]) => {
    const kept = some
      .flatMap((item) => item.split(/[;|]/))
      .map(trim)
      .filter((item) => item !== '');
    const [only = ''] = kept;
    const isNone = kept.length === 0 || (kept.length === 1 && isMissing(only) && meantBy(field, only) === undefined);
    return { raw: isText ? some.join(' ; ') : some, value: isNone ? null : kept };
  });
}

const pressures = ({ min = 0, max = 999 }: Field): fc.Arbitrary<Judged> => {
  const part = fc.oneof(
    fc.integer({ min: 40, max: 250 }),
    fc.integer({ min: 5, max: 1005 }),
    fc.constantFrom(min, max, min - 1, max + 1),
  );
  return fc.tuple(part, part, fc.constantFrom('', ' mmHg')).map(([first, second, unit]) => {
    const areShort = [first, second].every((one) => one >= 10 && one <= 999);
    const isGood = areShort && first > second && second >= min && first <= max;
    return { raw: `${first} / ${second}${unit}`, value: isGood ? `${first}/${second}` : undefined };
  });
};
