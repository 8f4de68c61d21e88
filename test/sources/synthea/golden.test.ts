// The SQL of every reading, pinned for both dialects and held to the subset that means the same on both.
import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../../src/engine/dialect.js';
import { synthea } from '../../../src/sources/synthea/source.js';
import { expectGoldenSql } from '../../golden.js';
import { faultsOf, lintDialect } from '../../pipeline/portable-sql.js';
import { headers, headsOf, laterHeaders, rawTablesOf } from './export.js';

type Statement = readonly [name: string, sql: (dialect: Dialect) => string];

function statementsOf(from: Readonly<Record<string, string>>, kinds: readonly string[]): Statement[] {
  const wanted = Object.fromEntries(kinds.map((kind) => [kind, from[kind] ?? '']));
  const { readings, unread } = synthea.readings(rawTablesOf(headsOf(wanted)), {});
  return [
    ...readings.map(({ table, sql }): Statement => [table, sql]),
    ...unread.map(({ rawTable, sql }): Statement => [`unread-${rawTable.name}`, sql]),
  ];
}

const all = Object.keys(headers);
const whole = statementsOf(headers, all);
const alone = ['patients', 'encounters'].flatMap((kind) => statementsOf(headers, [kind]));

describe.each([
  ['the whole export', whole],
  ['the whole export of a later release', statementsOf(laterHeaders, all)],
  ['patients and encounters, each alone', alone],
])('the SQL of %s is portable:', (_, statements) => {
  test.each(statements)('%s', (_name, sql) => {
    expect(faultsOf(sql(lintDialect))).toEqual([]);
  });
});

describe('the SQL of the whole export is as pinned:', () => {
  test.each(whole)('%s', (name, sql) => expectGoldenSql(`synthea/${name}`, sql));
});

describe('the SQL of a file alone is as pinned:', () => {
  test.each(alone)('%s', (name, sql) => expectGoldenSql(`synthea/alone-${name}`, sql));
});
