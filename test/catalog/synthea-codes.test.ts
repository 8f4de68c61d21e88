// The code lists that the Synthea source reads by: what they mean the catalog allows, and the words can be found.
import { describe, expect, test } from 'vitest';
import { fieldNamed, tableNamed } from '../../src/catalog/catalog.js';
import { drugIngredients } from '../../src/catalog/codes/drug-ingredients.js';
import { loincMeasurements } from '../../src/catalog/codes/loinc-measurements.js';
import { smokingStatus } from '../../src/catalog/codes/smoking-status.js';
import { syntheaPayers } from '../../src/catalog/codes/synthea-payers.js';

const allowed = (table: string, field: string) =>
  fieldNamed(tableNamed(table), field).values?.map(({ value }) => value);

describe('every value is one that the field allows', () => {
  const lists: readonly (readonly [string, string, readonly { readonly value: string | null }[]])[] = [
    ['patients', 'smoker_status', smokingStatus.codes],
    ['patients', 'insurance_type', syntheaPayers.codes],
    ['prescriptions', 'drug_category', drugIngredients.entries.map(({ category }) => ({ value: category }))],
  ];
  test.each(lists)('%s.%s', (table, field, codes) => {
    const values = codes.flatMap(({ value }) => value ?? []);
    expect(values.length).toBeGreaterThan(0);
    for (const value of values) expect(allowed(table, field)).toContain(value);
  });
});

test('no word has two meanings', () => {
  const words = smokingStatus.codes.flatMap(({ code, descriptions }) => [code, ...descriptions]);
  for (const list of [
    words,
    syntheaPayers.codes.map(({ name }) => name),
    loincMeasurements.codes.map(({ code }) => code),
  ])
    expect(new Set(list.map((word) => word.toLowerCase())).size).toBe(list.length);
});

test('an ingredient is lower-case words with single blanks, which no earlier one of another category holds', () => {
  for (const [at, { ingredient, category }] of drugIngredients.entries.entries()) {
    expect(ingredient).toMatch(/^[a-z0-9]+( [a-z0-9]+)*$/);
    const before = drugIngredients.entries
      .slice(0, at)
      .filter((entry) => ` ${ingredient} `.includes(` ${entry.ingredient} `));
    expect(before.filter((entry) => entry.category !== category)).toEqual([]);
  }
});

/** The last digit of a LOINC code and of a SNOMED CT concept says whether the others are right. */
describe('codes bear their check digit', () => {
  test.each(loincMeasurements.codes)('LOINC $code', ({ code }) => {
    const [digits = '', check] = code.split('-');
    // Mod 10 (Luhn): from the right, every second digit doubled.
    const sum = [...digits].reverse().reduce((total, digit, at) => {
      const value = Number(digit) * (at % 2 === 0 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
    expect((10 - (sum % 10)) % 10).toBe(Number(check));
  });

  test.each(smokingStatus.codes)('SNOMED CT $code', ({ code }) => {
    expect(verhoeff(code)).toBe(0);
  });
});

/** 0 where the last digit is the Verhoeff check digit of the others. */
function verhoeff(digits: string): number {
  const rotate = (d: number, by: number) => (d < 5 ? (d + by) % 5 : ((d - 5 + by) % 5) + 5);
  const times = (a: number, b: number) =>
    a < 5 ? (b < 5 ? (a + b) % 5 : rotate(b, a)) : b < 5 ? 5 + ((a - 5 - b + 10) % 5) : (a - b + 10) % 5;
  const permute = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
  return [...digits].reverse().reduce((check, digit, at) => {
    let value = Number(digit);
    for (let n = 0; n < at % 8; n++) value = permute[value] ?? 0;
    return times(check, value);
  }, 0);
}
