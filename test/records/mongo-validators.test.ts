// The rules that MongoDB itself checks, read as the JSON Schema that they are: what Carelake writes passes, what is broken
// does not.

import Schema from 'typebox/schema';
import { expect, test } from 'vitest';
import { tableNamed } from '../../src/catalog/catalog.js';
import { type Entry, recordTables } from '../../src/records/entry.js';
import { documentOf } from '../../src/records/mongo/log-document.js';
import { logSchema, rowSchema } from '../../src/records/mongo/validators.js';
import { readFields } from '../../src/records/reading/read-record.js';
import { written } from '../contracts/written.js';

const types: Readonly<Record<string, string>> = { bool: 'boolean' };

/** With `type` for MongoDB's `bsonType`. */
function plain(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(plain);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([name, value]) => {
      if (name !== 'bsonType') return [name, plain(value)];
      return ['type', Array.isArray(value) ? value.map((one) => types[one] ?? one) : (types[value] ?? value)];
    }),
  );
}

const passes = (schema: object, document: unknown): boolean => Schema.Check(plain(schema) as never, document);

const row = (values: object) => ({
  ...{ _id: 'default/P1', workspace: 'default', key: 'P1', version: 1, sequence: 1, deleted: false },
  ...{ values, by: 'nurse', at: '2026-01-01T00:00:00.000Z' },
});

const patient = {
  ...{ patient_id: 'P1', name: 'Ada', birth_date: '1980-01-31', gender: 'f', bmi: '23.5', smoker_status: 'yes' },
  ...{ chronic_conditions: ['asthma'], registration_date: '2020-01-01', insurance_type: null },
};

test('what people type passes, as it is kept', () => {
  const { given, faults } = readFields('patients', patient, '2026-01-01');
  expect(faults).toEqual([]);
  expect(passes(rowSchema('patients'), row(given))).toBe(true);
  for (const table of recordTables) expect(passes(rowSchema(table), row({}))).toBe(true);
});

test('every field of every table may be missing, and none may be of another kind', () => {
  for (const table of recordTables) {
    for (const { name } of tableNamed(table).fields) {
      expect([name, passes(rowSchema(table), row({ [name]: null }))]).toEqual([name, true]);
      expect([name, passes(rowSchema(table), row({ [name]: { $gt: '' } }))]).toEqual([name, false]);
      expect([name, passes(rowSchema(table), row({ [name]: true }))]).toEqual([name, false]);
    }
  }
});

test.each([
  ['a code that is none', { gender: 'x' }],
  ['a number beyond its bounds', { age: 151 }],
  ['a text for a number', { bmi: '23.5' }],
  ['a number in a list of texts', { chronic_conditions: [1] }],
])('%s is refused', (_, values) => {
  expect(passes(rowSchema('patients'), row(values))).toBe(false);
});

test('a row without its version, and an entry without who wrote it, are refused', () => {
  const { version: _version, ...unversioned } = row({});
  expect(passes(rowSchema('patients'), unversioned)).toBe(false);
  const entry: Entry = { ...written('P1', { age: 1 }), sequence: 1, version: 1 };
  const document = documentOf('default', { ...entry, identity: 'a', digest: 'b' });
  expect(passes(logSchema, document)).toBe(true);
  expect(passes(logSchema, { ...document, audit: { from: 'here' } })).toBe(false);
  expect(passes(logSchema, { ...document, kind: 'replace' })).toBe(false);
});
