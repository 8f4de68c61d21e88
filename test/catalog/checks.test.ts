// Checks are values that hold together: ids of their own, tables and fields that exist, every field asked about as it says.
import { expect, test } from 'vitest';
import { publishedTables, tables } from '../../src/catalog/catalog.js';
import type { CheckClass } from '../../src/catalog/checks/check.js';
import { kindOfReason } from '../../src/catalog/checks/derived.js';
import { checks } from '../../src/catalog/checks.js';

const ids = new Set(checks.map(({ id }) => id));

test('there are at least 80, each with an id of its own, in all three classes', () => {
  expect(checks.length).toBeGreaterThanOrEqual(80);
  expect(ids.size).toBe(checks.length);
  const classes = new Set<CheckClass>(checks.map((check) => check.class));
  expect([...classes].sort()).toEqual(['completeness', 'conformance', 'plausibility']);
});

test('each names a table and a column that are published, under an id that begins with the table', () => {
  const wrong = checks.filter(({ id, table, field }) => {
    const columns = publishedTables[table ?? '']?.columns.map(({ name }) => name) ?? [];
    return !id.startsWith(`${table ?? 'records'}.`) || (field !== null && !columns.includes(field));
  });
  expect(wrong).toEqual([]);
});

test('each has a threshold that is a share, and an explanation that is a sentence', () => {
  expect(checks.filter(({ threshold }) => !(threshold >= 0 && threshold <= 1))).toEqual([]);
  expect(checks.filter(({ explanation }) => !/^[A-Za-z].*[.]$/.test(explanation))).toEqual([]);
});

test('whatever cleaning can say of a field is counted by a check', () => {
  const expected = Object.values(tables).flatMap((table) =>
    table.fields.flatMap(({ name, type, required, past, min, max, mostYearsAgo }) => [
      ...(type === 'text' || type === 'list' || type === 'code' ? [] : [`${table.name}.${name}.form`]),
      ...(type === 'code' ? [`${table.name}.${name}.allowed`] : []),
      ...(required ? [`${table.name}.${name}.required`] : []),
      ...(past ? [`${table.name}.${name}.future`] : []),
      ...((min !== undefined && max !== undefined && max < 2 ** 53 - 1) || mostYearsAgo !== undefined
        ? [`${table.name}.${name}.range`]
        : []),
    ]),
  );
  expect(expected.filter((id) => !ids.has(id))).toEqual([]);
  expect(new Set(Object.values(kindOfReason))).toEqual(new Set(['required', 'form', 'allowed', 'range', 'future']));
});

test('each reference of a table is checked, and that each key stands once', () => {
  const expected = Object.values(tables).flatMap(({ name, references }) => [
    `${name}.key.unique`,
    ...Object.keys(references).map((field) => `${name}.${field}.reference`),
  ]);
  expect(expected.filter((id) => !ids.has(id))).toEqual([]);
});
