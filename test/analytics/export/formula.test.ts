// What a spreadsheet would run is text to it, and nothing else is changed.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unarmed } from '../../../src/analytics/export/formula.js';

test.each([
  '=1+1',
  `=cmd|' /C calc'!A0`,
  '+1+1',
  '+cmd',
  '-2+3',
  '-2-3',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  '＝1+1',
  '＋1',
  '－1',
  '＠SUM(A1)',
  '-1.2.3',
  '-',
  '+1e',
  '=',
])('%j gets an apostrophe before it', (text) => {
  expect(unarmed(text)).toBe(`'${text}`);
});

test.each(['-412', '+49', '-12.5', '-.5', '-1.', '+1e-3', '1=1', 'a=b', ' =1', '', '412'])(
  '%j stays as it is',
  (text) => {
    expect(unarmed(text)).toBe(text);
  },
);

test('what is no text stays as it is, and a list counts as what CSV writes of it', () => {
  for (const value of [-1, 0n, -5n, null, undefined, true, ['a', '=b']]) expect(unarmed(value)).toBe(value);
  expect(unarmed(['=a', 'b'])).toBe("'=a; b");
});

test('no text is left that begins a formula, and taking the apostrophe away gives it back', () => {
  const start = fc.constantFrom('', '=', '+', '-', '@', '\t', '\r', '\n', '＝', '－');
  fc.assert(
    fc.property(start, fc.string({ unit: 'binary' }), (first, rest) => {
      const text = first + rest;
      const safe = String(unarmed(text));
      expect([text, `'${text}`]).toContain(safe);
      if (!/^[+-]?[0-9.]/.test(text)) expect(safe).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
    }),
  );
});
