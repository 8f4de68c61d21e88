import { expect, test } from 'vitest';
import { statement } from '../../../src/engine/spark/statement.js';

const sent = (query: string) => {
  const relation = statement(query);
  return 'sql' in relation ? relation.sql.query : undefined;
};

test.each([
  ["select 'it''s' as x", String.raw`select 'it\'s' as x`],
  ["select '', '''', 'a''''b'", String.raw`select '', '\'', 'a\'\'b'`],
  ['select "a ""b""" from "select"', 'select `a "b"` from `select`'],
  ['select "a`b"', 'select `a``b`'],
  [`select "it's", 'say "x"', "y"`, "select `it's`, 'say \"x\"', `y`"],
])('%s is sent so that Spark 3.5 reads it too', (sql, expected) => {
  expect(sent(sql)).toBe(expected);
});

test('parameters stand beside the text, in the place of Spark 3.5 and in that of 4.x', () => {
  expect(statement('select :a, :b, :c', { a: "it's", b: 42, c: 1.5 })).toEqual({
    sql: {
      query: 'select :a, :b, :c',
      args: { a: { string: "it's" }, b: { long: 42 }, c: { double: 1.5 } },
      namedArguments: {
        a: { literal: { string: "it's" } },
        b: { literal: { long: 42 } },
        c: { literal: { double: 1.5 } },
      },
    },
  });
});
