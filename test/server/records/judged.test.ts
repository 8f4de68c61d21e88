// Whole records over HTTP: one is kept exactly where the catalog has nothing against it, and answered back as it was meant;
// else every field that is wrong is named, no other, and nothing is kept.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tableNamed } from '../../../src/catalog/catalog.js';
import { localDate } from '../../../src/pipeline/land/clock.js';
import { type RecordTable, recordTables } from '../../../src/records/entry.js';
import { type Judged, judgedValues } from '../../records/reading/judged-values.js';
import { emptyHouse, type House } from '../house.js';
import { type Ask, asking } from './asking.js';

let house: House;
let ask: Ask;
beforeAll(async () => {
  house = await emptyHouse();
  ask = asking(house);
  const made = [
    await ask('POST', '/api/patient', { patient_id: 'P', age: 65 }),
    await ask('POST', '/api/visit', { visit_id: 'V', patient_id: 'P', visit_date: '2024-01-05' }),
  ];
  expect(made.map(({ status }) => status)).toEqual([201, 201]);
});
afterAll(() => house.close());

type Fields = Readonly<Record<string, Judged>>;

const there = (text: string): Judged => ({ raw: text, value: text });

/** Of a record some fields with their values; those that name others are right, or say nothing. */
function records(table: RecordTable, today: string): fc.Arbitrary<Fields> {
  const { fields } = tableNamed(table);
  const others: Readonly<Record<string, Judged>> = { patient_id: there('P'), visit_id: there('V') };
  const nothing: Judged = { raw: null, value: null };
  const values = fields.map((field) => {
    const other = table === 'patients' || field.name === keyOf(table) ? undefined : others[field.name];
    return [field.name, other ? fc.constantFrom(other, other, nothing) : judgedValues(field, today)] as const;
  });
  const any = fc.record(Object.fromEntries(values), { requiredKeys: [keyOf(table)] });
  // Of many fields one is nearly always wrong.
  return fc.tuple(any, fc.boolean()).map(([record, onlyGood]) => {
    const kept = Object.entries(record as Fields).filter(([, { value }]) => !onlyGood || value !== undefined);
    return Object.fromEntries(kept);
  });
}

const keyOf = (table: RecordTable): string => tableNamed(table).key[0] ?? '';

/** What the catalog has against it. */
function wrongIn(table: RecordTable, record: Fields): string[] {
  const { fields, oneOf } = tableNamed(table);
  const isNamed = (name: string): boolean => record[name] !== undefined && record[name].value !== null;
  const refused = Object.keys(record).filter((name) => record[name]?.value === undefined);
  const required = fields.filter((field) => field.required && !isNamed(field.name)).map(({ name }) => name);
  const groups = oneOf.filter((names) => !names.some(isNamed)).map(([first = '']) => first);
  return [...refused, ...required, ...groups].sort();
}

let last = 0;

test.each(recordTables)('of %s', async (table) => {
  const one = table.slice(0, -1);
  const id = keyOf(table);
  const { entries } = await house.server.parts.records();
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(records(table, localDate(new Date())), async (drawn) => {
      // An id is taken once: a right one is given another name.
      const own = typeof drawn[id]?.value === 'string' ? there(`N${++last}`) : drawn[id];
      const record = { ...drawn, ...(own && { [id]: own }) };
      const wrong = wrongIn(table, record);
      const { sequence } = await entries.end();
      const raw = Object.fromEntries(Object.entries(record).map(([name, { raw: value }]) => [name, value]));
      const { status, body } = await ask('POST', `/api/${one}`, raw);
      if (wrong.length > 0) {
        expect([status, body.code]).toEqual([422, 'RECORD_INVALID']);
        expect(body.errors.map(({ field }: { field: string }) => field).sort()).toEqual(wrong);
        expect((await entries.end()).sequence).toBe(sequence);
        return;
      }
      expect([status, body]).toEqual([201, body]);
      taken += 1;
      const found = await ask('GET', `/api/${table}/${encodeURIComponent(body[id])}`);
      const names = tableNamed(table).fields.map(({ name }) => name);
      const shown = Object.fromEntries(names.map((name) => [name, found.body[one][name]]));
      expect(shown).toEqual(Object.fromEntries(names.map((name) => [name, record[name]?.value ?? null])));
      expect((await entries.end()).sequence).toBe(sequence + 1);
    }),
    { numRuns: 500 },
  );
  expect(taken).toBeGreaterThan(15);
});
