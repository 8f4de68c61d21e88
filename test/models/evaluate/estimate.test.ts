// Intervals of shares.
import { expect, test } from 'vitest';
import { wilson } from '../../../src/models/evaluate/estimate.js';
import { reference } from './reference.js';

test.each(reference.wilson)('the interval of %i of %i is that of statsmodels', (events, rows, low, high) => {
  const found = wilson(events, rows);
  expect(found.value).toBe(events / rows);
  expect(found.low).toBeCloseTo(low, 12);
  expect(found.high).toBeCloseTo(high, 12);
});
