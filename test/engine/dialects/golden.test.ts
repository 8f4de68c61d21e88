// The SQL of every function of a dialect, pinned for both; what it means is proved by the contract of the engine.
import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../../src/engine/dialect.js';
import { digestSql } from '../../../src/engine/digest.js';
import { dialects, expectGoldenSql } from '../../golden.js';

const functions: [name: string, sql: (dialect: Dialect) => string][] = [
  ['sha256', (dialect) => dialect.sha256('x')],
  ['hash60', (dialect) => dialect.hash60("x || '-' || y")],
  ['replace-all', (dialect) => dialect.replaceAll('x', "[^a-z']+", "'")],
  [
    'split',
    (dialect) => [';', '|', '. ', '$?*+(){}]', "'"].map((separator) => dialect.split('x', separator)).join('\n'),
  ],
  ['explode', (dialect) => dialect.explode('(select * from t)', dialect.split('codes', ';'), 'code')],
  ['join', (dialect) => dialect.join('codes', '; ')],
  [
    'digest',
    (dialect) =>
      digestSql(dialect, [
        { name: 'name', type: 'text' },
        { name: 'bmi', type: 'double' },
        { name: 'codes', type: 'list(text)' },
      ]),
  ],
];

test.each(functions)('%s', (name, sql) => expectGoldenSql(`engine/${name}`, sql));

describe.each(dialects)('$name', (dialect) => {
  test.each(['', '^', 'a[b', '\\', '\n'])(
    'refuses to split at %j, which not every engine takes literally',
    (separator) => {
      expect(() => dialect.split('x', separator)).toThrow(
        expect.objectContaining({ code: 'ENGINE_TEXT_NOT_PORTABLE' }),
      );
    },
  );

  test.each(['$1', '\\1'])('refuses the replacement %j, which names a group', (replacement) => {
    expect(() => dialect.replaceAll('x', 'a', replacement)).toThrow(
      expect.objectContaining({ code: 'ENGINE_TEXT_NOT_PORTABLE' }),
    );
  });
});
