// The published tables keep their columns apart, and their derived columns their word.
import { describe, expect, test } from 'vitest';
import { publishedTables, tables } from '../../src/catalog/catalog.js';

const published = Object.values(publishedTables).map((table) => [table.name, table] as const);

describe.each(published)('%s', (name, table) => {
  const names = table.columns.map((column) => column.name);

  test('no two columns share a name', () => {
    expect(names.filter((column, index) => names.indexOf(column) !== index)).toEqual([]);
  });

  test('begins with its source, and its key is among its columns', () => {
    expect(names[0]).toBe('source');
    expect(names).toEqual(expect.arrayContaining([...table.key]));
  });

  test('carries every field of the table that it publishes', () => {
    expect(table.columns).toEqual(expect.arrayContaining([...(tables[name]?.fields ?? [])]));
  });

  test('each column has a name and a description of its own', () => {
    for (const column of table.columns) {
      expect(column.name).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(column.description).toMatch(/^[A-Z].*[.]$/);
    }
  });

  test('whatever names a patient or a visit, or dates one, is an identifier', () => {
    const open = table.columns.filter(
      (column) =>
        !column.identifier && (/_id$/.test(column.name) || column.type === 'date' || column.type === 'timestamp'),
    );
    expect(open.map((column) => column.name)).toEqual([]);
  });
});

test('the tables are those that commands name, every canonical one among them', () => {
  expect(Object.keys(publishedTables)).toEqual([...Object.keys(tables), 'patient_summary', 'stays', 'months']);
});

test('the summary carries what is known of the patient', () => {
  const names = publishedTables.patient_summary?.columns.map((column) => column.name);
  const carried = ['patient_id', 'gender', 'bmi', 'location', 'smoker_status', 'chronic_conditions', 'insurance_type'];
  expect(names).toEqual(expect.arrayContaining(carried));
});
