import fc from 'fast-check';
import { expect, test } from 'vitest';
import { identifier, literal } from '../../src/engine/sql-text.js';

test('a literal doubles single quotes, an identifier double quotes', () => {
  expect(literal("it's")).toBe("'it''s'");
  expect(literal('')).toBe("''");
  expect(identifier('a "b"')).toBe('"a ""b"""');
});

test.each(['a\\b', 'a\nb', 'a\u0000', '\u007f', '\t'])('a backslash or control character is refused: %j', (text) => {
  expect(() => literal(text)).toThrow(expect.objectContaining({ code: 'ENGINE_TEXT_NOT_PORTABLE' }));
  expect(() => identifier(text)).toThrow(expect.objectContaining({ code: 'ENGINE_TEXT_NOT_PORTABLE' }));
});

test('an identifier is not empty', () => {
  expect(() => identifier('')).toThrow(expect.objectContaining({ code: 'ENGINE_TEXT_NOT_PORTABLE' }));
});

test('no text ends its own literal', () => {
  fc.assert(
    fc.property(
      fc.string().filter((text) => !/[\\\p{Cc}]/u.test(text)),
      (text) => {
        const inner = literal(text).slice(1, -1);
        expect(inner.replaceAll("''", '')).not.toContain("'");
        expect(inner.replaceAll("''", "'")).toBe(text);
      },
    ),
  );
});
