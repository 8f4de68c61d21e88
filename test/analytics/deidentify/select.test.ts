// What is told of rows without identity: by the class of every column, and nothing that no rule lets through.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deidentified } from '../../../src/analytics/deidentify/select.js';
import { overlaid } from '../../../src/analytics/rows/overlay.js';
import { publishedTableNamed, publishedTables } from '../../../src/catalog/catalog.js';
import { deidentifiedTable, disclosureOf } from '../../../src/catalog/deidentified.js';
import { rowsOf } from '../../../src/engine/engine.js';
import { openWorkspace, type Workspace } from '../../pipeline/harness.js';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await openWorkspace();
});
afterAll(() => workspace.close());

type Values = Readonly<Record<string, unknown>>;

async function told(table: string, rows: readonly Values[], asOf = '2026-03-01'): Promise<Values[]> {
  const published = publishedTableNamed(table);
  const [key = ''] = published.key;
  const typed = rows.map((values, n) => ({ key: String(values[key] ?? `k${n}`), deleted: false, values }));
  const {
    relation,
    inputs,
    parameters = {},
  } = deidentified(published, overlaid(published, [], typed), {
    ...{ salt: 'a secret', asOf },
  });
  return rowsOf<Values>(workspace.engine, { name: 'test', sql: `select * from ${relation} as t`, inputs, parameters });
}

const one = async (table: string, values: Values, asOf?: string): Promise<Values> =>
  (await told(table, [values], asOf))[0] ?? {};

describe('by its class', () => {
  test('no column of a name is there, keys become places, dates become years', async () => {
    const row = await one('patients', {
      ...{ patient_id: 'P1', name: 'Ann Example', birth_date: '1958-03-14', registration_date: '2024-02-01' },
      ...{ gender: 'Female', bmi: 27.4, location: 'Springfield' },
    });
    expect(Object.keys(row)).toEqual(
      deidentifiedTable(publishedTableNamed('patients')).columns.map(({ name }) => name),
    );
    expect(row).not.toHaveProperty('name');
    expect(row).toMatchObject({
      birth_year: 1958,
      registration_year: 2024,
      gender: 'Female',
      bmi: 27.4,
      location: null,
    });
    expect(row.patient_id).toMatch(/^[0-9a-f]{64}$/);
    const visit = await one('visits', { visit_id: 'V1', patient_id: 'P1', admitted_at: '2024-02-10 08:15:00' });
    expect(visit).toMatchObject({ patient_id: row.patient_id, admitted_year: 2024 });
    const [other] = await told('patients', [{ patient_id: 'P1' }]);
    expect(other?.patient_id).toBe(row.patient_id);
  });

  test.each([
    ['Springfield, MA', 'MA'],
    ['Springfield, MA 01101', 'MA'],
    ['massachusetts', 'MA'],
    ['ny', 'NY'],
    ['Boston', null],
    ['12 Main Street, Salem', null],
    ['02139', '021'],
    ['02139-4307', '021'],
    ['03601', '000'],
    ['0213', null],
    ['MA, Boston', null],
  ])('of the place %s it tells %s', async (location, state) => {
    expect((await one('patients', { patient_id: 'P1', location })).location).toBe(state);
  });

  test('whoever is above 89, or was so old at the time that they are now, is 90 and of no year of birth', async () => {
    const age = async (values: Values) => (await one('patients', { patient_id: 'P1', ...values })).age;
    expect(await age({ age: 89, registration_date: '2026-01-01' })).toBe(89);
    expect(await age({ age: 90, registration_date: '2026-01-01' })).toBe(90);
    expect(await age({ age: 104 })).toBe(90);
    expect(await age({ age: 80, registration_date: '2016-01-01' })).toBe(90);
    const visit = async (values: Values) => (await one('visits', { visit_id: 'V1', ...values })).age_at_visit;
    expect(await visit({ age_at_visit: 60, visit_date: '1996-05-01' })).toBe(90);
    expect(await visit({ age_at_visit: 60, visit_date: '1997-05-01' })).toBe(60);
    const birth = async (day: string) => (await one('patients', { patient_id: 'P1', birth_date: day })).birth_year;
    expect(await birth('1937-01-01')).toBe(1937);
    expect(await birth('1936-12-31')).toBe(null);
  });

  test('texts are told where they are of the form of their column, and not else', async () => {
    const visit = await one('visits', {
      ...{ visit_id: 'V1', diagnosis_code: 'I10', diagnosis_description: 'Ann fell', facility: 'North' },
      ...{ a1c_result: '>7', specialty: 'Dr Lee', blood_pressure: '120/80', severity_score: 6.5 },
    });
    expect(visit).toMatchObject({
      diagnosis_code: 'I10',
      a1c_result: '>7',
      blood_pressure: '120/80',
      severity_score: 6.5,
    });
    expect(JSON.stringify(visit)).not.toMatch(/Ann|North|Lee/);
    expect((await one('visits', { visit_id: 'V1', diagnosis_code: '078-05-1120' })).diagnosis_code).toBe(null);
    expect((await one('visits', { visit_id: 'V1', diagnosis_code: '078051120' })).diagnosis_code).toBe(null);
    const operated = async (code: string) => (await one('procedures', { procedure_code: code })).procedure_code;
    expect([await operated('0DTJ4ZZ'), await operated('BARBARA'), await operated('47.09')]).toEqual([
      '0DTJ4ZZ',
      null,
      '47.09',
    ]);
    const patient = await one('patients', {
      patient_id: 'P1',
      race: 'Asian',
      chronic_conditions: ['Diabetes', 'is my aunt'],
    });
    expect(patient).toMatchObject({ race: 'Asian', chronic_conditions: ['Diabetes'] });
  });
});

test('every column of an identifier class is told of in another form or not at all', () => {
  for (const table of Object.values(publishedTables)) {
    for (const column of table.columns.filter(({ identifier }) => identifier)) {
      const as = disclosureOf(column)?.as;
      const allowed = { A: [undefined], B: ['place'], C: ['year'], H: ['code'], R: ['code'] }[column.identifier ?? 'A'];
      expect([table.name, column.name, allowed.includes(as as never)]).toEqual([table.name, column.name, true]);
    }
  }
});

test('a text column that nobody has decided on is not told', () => {
  expect(disclosureOf({ name: 'remark', type: 'text', description: '' })).toBeUndefined();
  expect(disclosureOf({ name: 'remarks', type: 'list', description: '' })).toBeUndefined();
  expect(disclosureOf({ name: 'next_of_kin', type: 'text', description: '', identifier: 'A' })).toBeUndefined();
  expect(disclosureOf({ name: 'account', type: 'text', description: '', identifier: 'R' })).toBeUndefined();
});

describe('whatever is in a row', () => {
  /** A text that no pattern takes: a mark, and anything. */
  const text = fc.string({ maxLength: 12 }).map((rest) => `Zq${rest.replaceAll(/[\0\ud800-\udfff]/g, '')}`);
  const day = fc
    .date({ min: new Date('1900-01-01'), max: new Date('2026-02-28'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  const anyOf = (type: string) => {
    switch (type) {
      case 'date':
        return day;
      case 'timestamp':
        return day.map((date) => `${date} 08:15:00`);
      case 'integer':
        return fc.integer({ min: 0, max: 150 });
      case 'decimal':
        return fc.integer({ min: 0, max: 9 });
      case 'boolean':
        return fc.boolean();
      case 'list':
        return fc.array(text, { maxLength: 2 });
      default:
        return text;
    }
  };
  const tables = [
    'patients',
    'visits',
    'prescriptions',
    'diagnoses',
    'procedures',
    'observations',
    'patient_summary',
    'stays',
  ];

  test.each(tables)('of %s no text of a person, no day and no age above 89 is told', async (name) => {
    const table = publishedTableNamed(name);
    // What Carelake itself makes, or takes from a list of values, holds nothing that a person wrote.
    const free = table.columns.filter(
      (column) => !(disclosureOf(column)?.as === 'is' && !['integer', 'decimal', 'boolean'].includes(column.type)),
    );
    const row = fc.record(Object.fromEntries(free.map((column) => [column.name, anyOf(column.type)])));
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 5 }), async (rows) => {
        const keyed = rows.map((values, n) => ({ ...values, [table.key[0] ?? '']: `Zq${n}` }));
        const found = await told(name, keyed);
        expect(found).toHaveLength(rows.length);
        const said = JSON.stringify(found.map(({ source: _source, ...values }) => values));
        expect(said).not.toContain('Zq');
        expect(said).not.toMatch(/[0-9]{4}-[0-9]{2}-[0-9]{2}/);
        const ages = table.columns.filter((column) => disclosureOf(column)?.as === 'age');
        for (const values of found)
          for (const { name: age } of ages) expect(Number(values[age] ?? 0)).toBeLessThanOrEqual(90);
        for (const { birth_year: year } of found) if (year != null) expect(2026 - Number(year)).toBeLessThan(90);
      }),
      { numRuns: 25 },
    );
  });
});
