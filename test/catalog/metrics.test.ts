// Metrics and dimensions name what the published tables have, and no path between tables can multiply a row.
import { describe, expect, test } from 'vitest';
import { publishedTableNamed } from '../../src/catalog/catalog.js';
import type { Field } from '../../src/catalog/field.js';
import { paths } from '../../src/catalog/metrics/facts.js';
import { behaviourOf } from '../../src/catalog/metrics/metric.js';
import { dimensions, dimensionsOf, metrics } from '../../src/catalog/metrics.js';

const columnOf = (table: string, name: string) =>
  publishedTableNamed(table).columns.find((column) => column.name === name);

test.each(paths.map((path) => [path.from, path.name, path] as const))(
  'from %s to its %s leads to a key',
  (_, __, path) => {
    expect(publishedTableNamed(path.to).key).toEqual([path.key]);
    expect(columnOf(path.to, 'source')).toBeDefined();
    expect(columnOf(path.from, 'source')).toBeDefined();
    expect(columnOf(path.from, path.column)).toBeDefined();
    if (path.exists) expect(columnOf(path.from, path.exists)?.type).toBe('boolean');
  },
);

test('names are all different, of metrics and dimensions together', () => {
  const names = [...metrics, ...dimensions].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const labels = metrics.map(({ label }) => label);
  expect(new Set(labels).size).toBe(labels.length);
});

describe.each(metrics.map((metric) => [metric.name, metric] as const))('%s', (name, metric) => {
  const { table, measure } = metric;

  test('measures a column of its table that fits', () => {
    if (measure.kind === 'mean') expect(columnOf(table, measure.column)?.type).toMatch(/^(integer|decimal)$/);
    if (measure.kind === 'distinct') expect(columnOf(table, measure.column)).toBeDefined();
    if (measure.kind === 'per') expect(measure.rowsOf.to).toBe(table);
    if (measure.kind === 'matching' || measure.kind === 'share') {
      const { column, equals } = measure.match;
      const found = columnOf(table, column);
      const type = { string: /^(text|code)$/, number: /^(integer|decimal)$/, boolean: /^boolean$/ };
      expect(found?.type).toMatch(type[typeof equals as keyof typeof type]);
      const values = (found as Field | undefined)?.values?.map(({ value }) => value);
      if (values) expect(values).toContain(equals);
    }
  });

  test('says all that a reader must know', () => {
    expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
    expect(metric.definition).toMatch(/^[A-Z].*[.]$/);
    const { missing, empty, additive, why } = behaviourOf(metric);
    expect([missing, empty].every((text) => text.length > 0)).toBe(true);
    expect(why === undefined).toBe(additive);
    expect(dimensionsOf(metric).length).toBeGreaterThan(0);
  });
});

describe.each(dimensions.map((dimension) => [dimension.name, dimension] as const))('%s', (_, dimension) => {
  test('stands in the tables where it is looked for', () => {
    const places = Object.entries(dimension.places);
    expect(places.length).toBeGreaterThan(0);
    for (const [table, { column, path }] of places) {
      expect(path?.from ?? table).toBe(table);
      const found = columnOf(path?.to ?? table, column);
      expect(found?.type).toMatch(dimension.period ? /^date$/ : /^(text|code)$/);
    }
  });

  test('has values that are all different', () => {
    expect(dimension.description).toMatch(/^[A-Z].*[.]$/);
    if (dimension.values) expect(dimension.values.length).toBeGreaterThan(1);
    expect(new Set(dimension.values).size).toBe(dimension.values?.length ?? 0);
  });
});
