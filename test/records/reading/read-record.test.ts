// What is typed, read by the catalog: values in the ways that people write them, and everything that is wrong at once.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tableNamed } from '../../../src/catalog/catalog.js';
import type { Field } from '../../../src/catalog/field.js';
import { issueSeparator, unitSeparator } from '../../../src/pipeline/clean/issue-text.js';
import { type RecordTable, recordTables, type Values } from '../../../src/records/entry.js';
import { lacking, readFields } from '../../../src/records/reading/read-record.js';
import { openWorkspace, type Row, type Workspace } from '../../pipeline/harness.js';
import { typingInto } from '../../pipeline/typing.js';
import { judgedValues } from './judged-values.js';

const today = '2024-06-15';
const read = (table: RecordTable, body: Record<string, unknown>) => readFields(table, body, today);

describe('a value', () => {
  test.each([
    ['patients', 'age', '65.0', 65],
    ['patients', 'age', ' +65 ', 65],
    ['patients', 'age', 6.5e1, 65],
    ['patients', 'bmi', 27.45, 27.5],
    ['patients', 'bmi', '27.449', 27.4],
    ['patients', 'bmi', 'N/A', null],
    ['patients', 'gender', 'f', 'Female'],
    ['patients', 'smoker_status', false, 'Never'],
    ['patients', 'smoker_status', 1, 'Current'],
    ['patients', 'alcohol_use', 'none', 'None'],
    ['patients', 'birth_date', '1.2.1950', '1950-02-01'],
    ['patients', 'birth_date', '1950-02-01T10:00:00Z', '1950-02-01'],
    ['patients', 'birth_date', '2024-06-15', '2024-06-15'],
    ['patients', 'chronic_conditions', ['a', ' b ', ''], ['a', 'b']],
    ['patients', 'chronic_conditions', 'a; b|c', ['a', 'b', 'c']],
    ['patients', 'chronic_conditions', [], null],
    ['patients', 'patient_id', 1001, '1001'],
    ['patients', 'name', '\u00a0 Åsa 😀\u2003', 'Åsa 😀'],
    ['visits', 'glucose_level', '5.5 mmol/L', 99.1],
    ['visits', 'heart_rate', '72 bpm', 72],
    ['visits', 'blood_pressure', '120 / 80 mmHg', '120/80'],
    ['visits', 'admitted_at', '2024-01-05T10:30', '2024-01-05 10:30:00'],
    ['visits', 'visit_order', Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    ['prescriptions', 'quantity', '0.0005', 0.001],
  ] as const)('of %s.%s %j is %j', (table, field, raw, value) => {
    expect(read(table, { [field]: raw })).toEqual({ given: { [field]: value }, faults: [] });
  });

  test.each([
    ['patients', 'age', '65.5', 'a whole number from 0 to 150'],
    ['patients', 'age', -1, 'a whole number from 0 to 150'],
    ['patients', 'age', '1e400', 'a whole number'],
    ['patients', 'age', Number.MAX_VALUE, 'a whole number'],
    ['patients', 'age', true, 'a whole number'],
    ['patients', 'age', { $gt: 0 }, 'a whole number'],
    ['patients', 'bmi', 'heavy', 'a number from 10 to 100'],
    ['patients', 'bmi', '5.5 mmol/L', 'a number'],
    ['patients', 'gender', 'robot', 'one of Male, Female'],
    ['patients', 'birth_date', '2024-02-30', 'a day that exists'],
    ['patients', 'birth_date', '01/02/1950', 'a day that exists'],
    ['patients', 'birth_date', '2024-06-16', 'after today'],
    ['patients', 'birth_date', '1800-01-01', '150 years'],
    ['patients', 'name', ['Ann'], 'a text'],
    ['patients', 'name', 'a\0b', 'no text'],
    ['patients', 'name', 'a\ud800', 'no text'],
    ['patients', 'name', 'x'.repeat(10_001), 'at most 10,000'],
    ['patients', 'patient_id', 'x'.repeat(201), 'at most 200'],
    ['patients', 'chronic_conditions', [1], 'a list of texts'],
    ['visits', 'blood_pressure', '80/120', '120/80'],
    ['visits', 'admitted_at', '2024-01-05', 'a date with a time'],
    ['visits', 'visit_order', 2 ** 53, 'a whole number'],
  ] as const)('of %s.%s %j is refused', (table, field, raw, said) => {
    const { given, faults } = read(table, { [field]: raw });
    expect(given).toEqual({});
    expect(faults).toEqual([{ field, message: expect.stringContaining(said), value: expect.any(String) }]);
    expect(faults[0]?.value?.length).toBeLessThanOrEqual(100);
  });
});

const everyField = recordTables.flatMap((table) =>
  tableNamed(table).fields.map((field): [string, RecordTable, Field] => [`${table}.${field.name}`, table, field]),
);

test.each(everyField)(
  'what stands in %s is taken exactly where the catalog says so, and as it says',
  (_, table, field) => {
    fc.assert(
      fc.property(judgedValues(field, today), ({ raw, value }) => {
        const { given, faults } = read(table, { [field.name]: raw });
        expect(given).toEqual(value === undefined ? {} : { [field.name]: value });
        expect(faults.map((fault) => fault.field)).toEqual(value === undefined ? [field.name] : []);
      }),
      { numRuns: 200 },
    );
  },
);

test('fields stand under their names and synonyms in any spelling, each once; what a run derives and what is none is refused', () => {
  expect(read('visits', { visitId: 'V1', 'Admission Date': '2024-01-05', DX: 'I10' })).toEqual({
    given: { visit_id: 'V1', visit_date: '2024-01-05', diagnosis_code: 'I10' },
    faults: [],
  });
  const { faults } = read('patients', { sex: 'f', gender: 'm', bmi_category: 'Obese', toString: 1, '': 2 });
  expect(faults.map(({ field }) => field)).toEqual(['gender', 'bmi_category', 'toString', '']);
});

test('what a whole record lacks is named, but not twice what is there and wrong', () => {
  expect(lacking('visits', {}, new Set()).map(({ field }) => field)).toEqual(['visit_id', 'patient_id', 'visit_date']);
  expect(lacking('visits', { visit_order: 1 }, new Set(['visit_id', 'patient_id']))).toEqual([]);
});

test('a million blanks or digits cost no more than reading them', () => {
  const started = process.cpuUsage();
  for (const text of [`${' '.repeat(2 ** 20)}x${' '.repeat(2 ** 20)}x`, '1'.repeat(2 ** 20), ';'.repeat(2 ** 20)]) {
    for (const field of ['name', 'age', 'bmi', 'birth_date', 'chronic_conditions', 'gender'])
      read('patients', { [field]: text });
  }
  // Reading them once takes a hundredth of it; a pattern that goes back over them, hours.
  expect(process.cpuUsage(started).user / 1e6).toBeLessThan(10);
});

describe('what is taken', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await openWorkspace();
  });
  afterAll(() => workspace.close());

  /** Texts and values of every kind that may come for a field, good ones often enough. */
  const raws = (field: Field): fc.Arbitrary<unknown> =>
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.string({ unit: fc.constantFrom(...'0123456789.,+-eE /:;|TZ \t\u00a0mgdLo"\'\\\n␞␟'), maxLength: 14 }),
      fc.double({ noNaN: true }),
      fc.double({ min: field.min ?? 0, max: Math.min(field.max ?? 1e6, 1e15), noNaN: true }),
      fc.integer({ min: field.min ?? 0, max: Math.min(field.max ?? 1e6, 2 ** 31 - 1) }),
      fc.constantFrom('N/A', 'none', '?', '', '-', null, true, false, '120/80', '99 / 60 mmHg', '300/20'),
      fc
        .date({ min: new Date('1870-01-01'), max: new Date('2024-06-20'), noInvalidDate: true })
        .map((date) => date.toISOString()),
      fc
        .date({ min: new Date('0001-01-01'), max: new Date('2024-06-15'), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 10)),
      fc.array(fc.string({ unit: fc.constantFrom(...'ab;| ."\n\t'), maxLength: 5 }), { maxLength: 4 }),
      fc.constantFrom(...(field.values?.flatMap(({ value, synonyms }) => [value, ...synonyms]) ?? ['x'])),
    );

  const bodies = (table: RecordTable) => {
    const { fields } = tableNamed(table);
    return fc.record(Object.fromEntries(fields.map((field) => [field.name, raws(field)])), {
      requiredKeys: [],
    });
  };

  /**
   * The text of a value that was refused, as a file would hold it; undefined where a file holds no such thing. These alone may be
   * refused though cleaning might take something like them, and what is too long, of which there is nothing here.
   */
  const refusedText = (field: Field, raw: unknown): string | undefined => {
    // Files hold texts: what JSON tells from a text is judged by what it is.
    if (typeof raw !== 'string' && typeof raw !== 'number') return undefined;
    const text = String(raw);
    // Landing puts the sign of a bad character there: it would be another text.
    if (/\0|\p{Surrogate}/u.test(text)) return undefined;
    // JSON would give another number back.
    if (field.type === 'integer' && Math.abs(Number(text)) > Number.MAX_SAFE_INTEGER) return undefined;
    return text;
  };

  /** The fields that cleaning found fault with. */
  const flawed = (row: Row): string[] =>
    String(row._issues ?? '')
      .split(issueSeparator)
      .map((issue) => issue.split(unitSeparator)[0] ?? '');

  test.each(recordTables)('of %s cleaning takes as it is, and what is refused it would not', async (table) => {
    const typing = typingInto(workspace);
    const [key = ''] = tableNamed(table).key;
    const names = tableNamed(table).fields.map(({ name }) => name);
    await fc.assert(
      fc.asyncProperty(fc.array(bodies(table), { minLength: 200, maxLength: 200, size: 'max' }), async (some) => {
        const { sequence: before } = await typing.records.entries.end();
        const kept = new Map<string, Record<string, unknown>>();
        const refused = new Map<string, Record<string, string>>();
        const whole = (values: Values, id: string) => {
          const required = { patient_id: 'p', visit_id: 'v', age: 1, visit_order: 1, drug_name: 'd' };
          const own = Object.entries(required).filter(([name]) => names.includes(name) && values[name] == null);
          return { ...values, ...Object.fromEntries(own), [key]: id };
        };
        for (const [n, body] of some.entries()) {
          const { given, faults } = read(table, body);
          const values = whole(given, `k${n}`);
          kept.set(`k${n}`, values);
          await typing.type(table, values);
          const texts = tableNamed(table).fields.flatMap((field) => {
            const isRefused = field.name !== key && faults.some((fault) => fault.field === field.name);
            const text = isRefused ? refusedText(field, body[field.name]) : undefined;
            return text === undefined ? [] : [[field.name, text] as const];
          });
          refused.set(`r${n}`, Object.fromEntries(texts));
          await typing.type(table, whole(Object.fromEntries(texts), `r${n}`));
        }
        const batch = await typing.land(today);
        // What was typed before on the same day may have landed again with it.
        const own = `_batch = ${batch?.sequence} and _row > ${before}`;
        const rows = await workspace.clean(table, `select * from t where ${own}`);
        expect(rows).toHaveLength(kept.size + refused.size);
        expect([...refused.values()].flatMap(Object.keys).length).toBeGreaterThan(some.length / 4);
        for (const row of rows) {
          const texts = refused.get(String(row[key]));
          if (texts) {
            const flaws = flawed(row);
            const taken = Object.entries(texts).filter(([name]) => !flaws.includes(name));
            expect(taken.map(([name, text]) => [name, text, row[name]])).toEqual([]);
            continue;
          }
          const wanted = kept.get(String(row[key])) ?? {};
          const found = Object.fromEntries(names.map((name) => [name, row[name] ?? null]));
          expect([row._issues, found]).toEqual([
            null,
            Object.fromEntries(names.map((name) => [name, wanted[name] ?? null])),
          ]);
        }
      }),
      { numRuns: 4, endOnFailure: true },
    );
  });
});
