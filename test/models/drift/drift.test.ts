// Distributions of inputs, and how far they have moved.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { populationStability } from '../../../src/models/drift/population-stability.js';
import { countsIn, distributionOf } from '../../../src/models/drift/reference.js';

const values = fc.array(fc.oneof(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), fc.constant(Number.NaN)), {
  minLength: 1,
});

test('the shares of numbers sum to 1, and the same values have moved by nothing', () => {
  fc.assert(
    fc.property(values, (numbers) => {
      const column = { name: 'x', kind: 'number', values: Float64Array.from(numbers) } as const;
      const { shares, ...bins } = distributionOf(column, 0);
      const again = countsIn(bins, column.values).map((count) => count / numbers.length);
      expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
      expect(populationStability(shares, again)).toBe(0);
    }),
  );
});

test('categories have a share each, the missing one of their own', () => {
  const { shares } = distributionOf({ name: 'sex', kind: 'category', values: Int32Array.of(0, 0, 1, -1) }, 3);
  expect(shares).toEqual([0.5, 0.25, 0, 0.25]);
});

test('the index is that of the formula', () => {
  expect(populationStability([0.5, 0.5], [0.25, 0.75])).toBeCloseTo(0.25 * Math.log(2) + 0.25 * Math.log(1.5), 12);
});
