// A bar has its width, never shrinks, and is full only when all is done.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bar, progressLine } from '../../src/cli/bar.js';

test('shows the share that is done', () => {
  expect(bar(0, 4)).toBe('░░░░');
  expect(bar(0.5, 4)).toBe('██░░');
  expect(bar(0.999, 4)).toBe('███░');
  expect(bar(1, 4)).toBe('████');
});

test('always has its width, and more done is never less bar', () => {
  const fraction = fc.double({ min: -1, max: 2, noNaN: true });
  fc.assert(
    fc.property(fraction, fraction, fc.integer({ min: 0, max: 80 }), (one, other, width) => {
      const full = (text: string) => text.replaceAll('░', '').length;
      const [less, more] = [bar(Math.min(one, other), width), bar(Math.max(one, other), width)];
      expect(less).toMatch(/^█*░*$/);
      expect(less).toHaveLength(width);
      expect(full(less)).toBeLessThanOrEqual(full(more));
    }),
  );
});

test('a line has label, bar and percent, and fits a terminal whatever the label', () => {
  expect(progressLine('Landing visits.csv', 0.639)).toBe('Landing visits.csv ████████████░░░░░░░░ 63 %');
  const long = progressLine(`Landing ${'deep/'.repeat(40)}visits.csv`, 1);
  expect(long).toMatch(/^….*deep\/visits\.csv █{20} 100 %$/);
  expect(long.length).toBeLessThan(80);
});
