// Categories and percentiles by the training population.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { capacityOf, categoryOf, percentileOf } from '../../../src/models/evaluate/capacity.js';

const population = Float64Array.from({ length: 1000 }, (_, at) => ((at * 617) % 1000) / 1000);
const capacity = capacityOf(population);

test('the top tenth is high, the next fifth medium, the rest low', () => {
  const counts = { high: 0, medium: 0, low: 0 };
  for (const probability of population) counts[categoryOf(capacity, probability)]++;
  expect(counts).toEqual({ high: 100, medium: 200, low: 700 });
});

test('rows of one probability are not parted: all of them are high', () => {
  const flat = capacityOf(new Float64Array(50).fill(0.2));
  expect(categoryOf(flat, 0.2)).toBe('high');
  expect(categoryOf(flat, 0.19)).toBe('low');
});

test('a percentile is the share of the population below', () => {
  expect(percentileOf(capacity, -1)).toBe(0);
  expect(percentileOf(capacity, 2)).toBe(100);
  expect(percentileOf(capacity, 0.5)).toBeCloseTo(50, 0);
  expect(percentileOf(capacityOf(new Float64Array(50).fill(0.2)), 0.2)).toBe(50);
});

test('percentiles never fall as the probability rises', () => {
  const any = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(any, fc.integer({ min: -1, max: 41 }), fc.integer({ min: 0, max: 9 }), (values, at, more) => {
      const own = capacityOf(Float64Array.from(values, (value) => value / 20));
      const [low, high] = [percentileOf(own, at / 40), percentileOf(own, (at + more) / 40)];
      expect(low).toBeLessThanOrEqual(high);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(100);
    }),
  );
});
