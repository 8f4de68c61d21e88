// The SQL of metrics, pinned for both dialects and held by the lint of portable SQL. UPDATE_GOLDEN=1 writes the files anew.
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compile } from '../../../src/analytics/metrics/compile.js';
import { readQuery } from '../../../src/analytics/metrics/read-query.js';
import type { Dialect } from '../../../src/engine/dialect.js';
import { dialects, expectGoldenSql } from '../../golden.js';
import { faultsOf, lintDialect } from '../../pipeline/portable-sql.js';
import { hostileTown } from './hospital.js';
import { questions } from './questions.js';

const cases = Object.entries(questions);
const statements = (name: string, dialect: Dialect) => compile(readQuery(questions[name]), dialect);
const fileOf = (name: string): string => `metrics/${name.replaceAll(/[ ,]+/g, '-')}`;

describe.each(cases)('%s', (name) => {
  test('is pinned', () => {
    expectGoldenSql(fileOf(name), (dialect) =>
      statements(name, dialect)
        .map(({ sql }) => sql)
        .join(';\n\n'),
    );
  });

  test('is portable', () => {
    for (const { sql } of statements(name, lintDialect)) expect(faultsOf(sql)).toEqual([]);
  });

  test('has no value of the query in its text', () => {
    for (const { sql, parameters } of statements(name, lintDialect)) {
      expect(sql).not.toContain('Brien');
      for (const parameter of Object.keys(parameters)) expect(sql).toContain(`:${parameter}`);
    }
  });
});

test('hostile values are parameters', () => {
  const [statement] = statements('prescriptions by drug category and disease', lintDialect);
  expect(Object.values(statement?.parameters ?? {})).toContain(hostileTown);
});

test('every golden file is that of a question', () => {
  const expected = cases.flatMap(([name]) => dialects.map((dialect) => `${fileOf(name)}.${dialect.name}.sql`));
  const found = readdirSync(new URL('../../golden/metrics', import.meta.url)).map((file) => `metrics/${file}`);
  expect(found.sort()).toEqual(expected.sort());
});
