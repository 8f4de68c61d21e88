// Each table's fields hold to the rules that reading, cleaning and documentation rely on.
import { describe, expect, test } from 'vitest';
import { fieldNamed, tableNamed, tables } from '../../src/catalog/catalog.js';
import type { Field } from '../../src/catalog/field.js';
import { missingValues } from '../../src/catalog/missing-values.js';

/** Of a header only letters and digits matter. */
const spelling = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
const repeated = (words: readonly string[]) => words.filter((word, index) => words.indexOf(word) !== index);
const described = Object.values(tables).map((table) => [table.name, table] as const);
const fields = described.flatMap(([name, table]) =>
  table.fields.map((field) => [`${name}.${field.name}`, field] as const),
);
const coded = fields.filter(([, field]) => field.type === 'code');
const numbers = fields.filter(([, { type }]) => ['integer', 'decimal', 'blood-pressure'].includes(type));

describe.each(described)('%s', (name, table) => {
  test('is found under its name', () => {
    expect(tableNamed(name)).toBe(table);
  });

  test('no header means two fields, or one field twice', () => {
    expect(repeated(table.fields.flatMap((field) => [field.name, ...field.synonyms].map(spelling)))).toEqual([]);
  });

  test('key, alternatives, likeness and references name its own fields, references a table', () => {
    const named = [...table.key, ...table.oneOf.flat(), ...table.alike, ...Object.keys(table.references)];
    for (const field of named) expect(fieldNamed(table, field).name).toBe(field);
    for (const other of Object.values(table.references)) expect(tableNamed(other).key).toHaveLength(1);
  });

  test('a row with what is required has a key that is not wholly missing', () => {
    const sure = [...table.fields.filter(({ required }) => required).map(({ name }) => name), ...table.oneOf.flat()];
    expect(table.key.some((field) => sure.includes(field))).toBe(true);
  });

  test('its grain reads "one row for every …"', () => {
    expect(table.grain).toMatch(/^one row for every [a-z]/);
  });
});

describe.each(fields)('%s', (_, field) => {
  test('has a name of a column and a sentence that describes it', () => {
    expect(field.name).toMatch(/^[a-z][a-z0-9_]*$/);
    expect(field.description).toMatch(/^[A-Z].*[.]$/);
  });

  test('has a FHIR path that names a resource and its element, or none', () => {
    expect(field.fhir ?? 'Patient.name').toMatch(/^[A-Z][A-Za-z]+[.][a-z]/);
  });

  test('a required field rejects the row, and a field that may look ahead is a date', () => {
    if (field.required) expect(field.invalid).toBe('reject');
    if (field.past) expect(['date', 'timestamp']).toContain(field.type);
  });

  test('a date or time is an identifier and never in the future', () => {
    if (field.type !== 'date' && field.type !== 'timestamp') return expect(field.past).toBeUndefined();
    expect([field.identifier, field.past]).toEqual(['C', true]);
  });

  test('has values if it is a code, and a range if it is a number, and else neither', () => {
    expect(field.values !== undefined).toBe(field.type === 'code');
    expect(field.min !== undefined && field.max !== undefined).toBe(numbers.some(([, number]) => number === field));
  });
});

describe.each(coded)('%s', (_, { values = [], note }: Field) => {
  const words = values.flatMap(({ value, synonyms }) => [value.toLowerCase(), ...synonyms]);

  test('no word means two values, or one value twice', () => {
    expect(repeated(words)).toEqual([]);
  });

  test('synonyms are trimmed and lower case, as they are compared', () => {
    const synonyms = values.flatMap((value) => value.synonyms);
    expect(synonyms).toEqual(synonyms.map((word) => word.trim().toLowerCase()));
  });

  test('a word that elsewhere says "no value" is explained', () => {
    if (words.some((word) => missingValues.includes(word))) expect(note).toContain('missing');
  });
});

describe.each(numbers)('%s', (_, { min = 0, max = 0, scale, type, foreignUnits = [], unit }) => {
  test('its range is not empty, and whole numbers are safe', () => {
    expect(min).toBeLessThan(max);
    if (type === 'integer') expect([min, max].every(Number.isSafeInteger)).toBe(true);
  });

  test('a decimal says how many places are kept, at most the six that are read', () => {
    if (type !== 'decimal') return expect(scale).toBeUndefined();
    expect(scale).toBeGreaterThanOrEqual(1);
    expect(scale).toBeLessThanOrEqual(6);
  });

  test('foreign units differ from its own, with a positive factor of at most four places and a source', () => {
    expect(repeated([unit ?? '', ...foreignUnits.map((foreign) => foreign.unit)])).toEqual([]);
    for (const foreign of foreignUnits) {
      expect(foreign.factor).toBeGreaterThan(0);
      expect(Number(foreign.factor.toFixed(4))).toBe(foreign.factor);
      expect(foreign.source).not.toBe('');
    }
  });
});

test('a name that the catalog does not have is an error that says what it has', () => {
  expect(() => tableNamed('patient')).toThrow(/no table "patient"; it has patients, visits/);
  expect(() => tableNamed('toString')).toThrow(/no table/);
  expect(() => fieldNamed(tableNamed('visits'), 'shoe_size')).toThrow('visits has no field "shoe_size"');
});

test('5.5 mmol/L of glucose is 99.1 mg/dL, and that number without its unit is out of range', () => {
  const { foreignUnits: [mmol] = [], min } = fieldNamed(tableNamed('visits'), 'glucose_level');
  expect((5.5 * (mmol?.factor ?? 0)).toFixed(1)).toBe('99.1');
  expect(min).toBeGreaterThan(5.5);
});

test.each([
  ['home health', 'home'],
  ['snf', 'facility'],
  ['icf', 'facility'],
  ['rehab', 'facility'],
  ['ltac', 'facility'],
  ['discharged/transferred to another short term hospital', 'transfer'],
  ['hospice', 'hospice'],
  ['hospice / home', 'hospice'],
  ['expired', 'died'],
  ['deceased', 'died'],
  ['ama', 'left against advice'],
  ['left ama', 'left against advice'],
])('the disposition "%s" is read as %s', (word, value) => {
  const { values = [] } = fieldNamed(tableNamed('visits'), 'discharge_disposition');
  const meant = values.filter((allowed) => allowed.value === word || allowed.synonyms.includes(word));
  expect(meant.map((allowed) => allowed.value)).toEqual([value]);
});

test.each(['diagnoses', 'procedures', 'observations'])('in a file of %s, bare headers mean its own fields', (name) => {
  const { fields: all } = tableNamed(name);
  const meant = ['code', 'description'].map((header) => all.find(({ synonyms }) => synonyms.includes(header))?.name);
  expect(meant.map((field) => field?.replace(/^[a-z]+_/, ''))).toEqual(['code', 'description']);
});
