// Whatever is asked, the parts and the whole agree: sums of what adds up, and each part is the whole of its own condition.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MetricQuery } from '../../../src/analytics/metrics/query.js';
import type { Dimension } from '../../../src/catalog/metrics/dimension.js';
import { behaviourOf, type Metric } from '../../../src/catalog/metrics/metric.js';
import { dimensionsOf, metrics } from '../../../src/catalog/metrics.js';
import { type Hospital, motleyHospital, towns } from './hospital.js';

let hospital: Hospital;
beforeAll(async () => {
  hospital = await motleyHospital();
});
afterAll(() => hospital.close());

const openValues: Readonly<Record<string, readonly string[]>> = {
  location: towns,
  facility: ['North', "St. Mary's"],
  source: ['default', 'north'],
  month: ['2022-01', '2022-07', '2023-03'],
  quarter: ['2022-Q2', '2023-Q4'],
  year: ['2022', '2023'],
};

const anyFilter = ({ name, values, period }: Dimension) => {
  const known = openValues[name] ?? values ?? [];
  const list = fc.uniqueArray(fc.option(fc.constantFrom(...known)), { minLength: 1, maxLength: 3 });
  const filters = [list, list.map((not) => ({ not }))];
  return period
    ? fc.oneof(
        ...filters,
        fc.constantFrom(...known).map((from) => ({ from })),
      )
    : fc.oneof(...filters);
};

/** Any metrics with any dimensions and conditions that all of them have. */
const anyQuery: fc.Arbitrary<MetricQuery> = fc
  .uniqueArray(fc.constantFrom(...metrics), { minLength: 1, maxLength: 4 })
  .chain((asked) => {
    const [first, ...others] = asked.map(dimensionsOf) as [readonly Dimension[], ...(readonly Dimension[])[]];
    const common = first.filter((dimension) => others.every((list) => list.includes(dimension)));
    return fc.record({
      metrics: fc.constant(asked.map(({ name }) => name)),
      by: fc.uniqueArray(fc.constantFrom(...common.map(({ name }) => name)), { maxLength: 3 }),
      where: fc
        .uniqueArray(fc.constantFrom(...common), { maxLength: 2 })
        .chain((filtered) => fc.record(Object.fromEntries(filtered.map((one) => [one.name, anyFilter(one)])))),
    });
  });

const additive = (name: string): boolean => behaviourOf(metrics.find((one) => one.name === name) as Metric).additive;

/**
 * Missing parts add nothing; where all are missing, so is the sum. A part of which there is no row, as where another metric
 * brought it in, counts none: beside a missing part the sum may be either.
 */
function sumsOf(parts: readonly (number | null | undefined)[]): (number | null)[] {
  const known = parts.filter((part) => typeof part === 'number');
  const sum = known.reduce((all, part) => all + part, 0);
  if (known.length === parts.length) return [sum];
  if (known.length === 0) return [null];
  return sum === 0 ? [0, null] : [sum];
}

test('the total of what adds up is the sum of its parts', async () => {
  await fc.assert(
    fc.asyncProperty(anyQuery, async (query) => {
      const { rows, total } = await hospital.ask({ ...query, limit: 10_000 });
      for (const name of query.metrics.filter(additive)) {
        expect(sumsOf(rows.map(({ values }) => values[name])), name).toContain(total.values[name]);
      }
    }),
    { numRuns: 60 },
  );
});

test('each part is the whole of a question for it alone, of metrics that add up and of those that do not', async () => {
  await fc.assert(
    fc.asyncProperty(anyQuery, fc.nat(), async (query, choice) => {
      const { rows } = await hospital.ask({ ...query, limit: 10_000 });
      const row = rows[choice % rows.length];
      if (!row) return;
      // A value of a row passed the condition on its dimension, so the condition may give way to the value.
      const alone = Object.entries(row.by).map(([name, value]) => [name, { in: [value] }]);
      const { total } = await hospital.ask({
        metrics: query.metrics,
        where: { ...query.where, ...Object.fromEntries(alone) },
      });
      expect(total.values).toEqual(row.values);
    }),
    { numRuns: 40 },
  );
});

test('a total is the same whatever it is parted by', async () => {
  await fc.assert(
    fc.asyncProperty(anyQuery, async (query) => {
      const parted = await hospital.ask({ ...query, limit: 1 });
      const { total } = await hospital.ask({ ...query, by: [] });
      expect(total).toEqual(parted.total);
    }),
    { numRuns: 30 },
  );
});

test('any text is a value like any other', async () => {
  const { groups } = await hospital.ask({ metrics: ['total_visits'], by: ['location'] });
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
      const known = towns.includes(text);
      const { rows } = await hospital.ask({ metrics: ['total_visits'], by: ['location'], where: { location: [text] } });
      expect(rows).toHaveLength(known ? 1 : 0);
      const others = await hospital.ask({
        metrics: ['total_visits'],
        by: ['location'],
        where: { location: { not: [text] } },
      });
      expect(others.groups).toBe(known ? groups - 1 : groups);
    }),
    { numRuns: 30, examples: [["' or 1=1 --"], ['\\'], ['$p0'], [':p0'], ['%'], [''], ['NULL']] },
  );
});
