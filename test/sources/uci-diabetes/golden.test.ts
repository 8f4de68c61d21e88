// The SQL of every reading, pinned for both dialects. UPDATE_GOLDEN=1 writes the files anew.
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Dialect } from '../../../src/engine/dialect.js';
import { duckdbDialect } from '../../../src/engine/dialects/duckdb.js';
import { sparkDialect } from '../../../src/engine/dialects/spark.js';
import { uciDiabetes } from '../../../src/sources/uci-diabetes/source.js';
import { headOf, rawTablesOf, sample } from './set.js';

const heads = [headOf(sample('diabetic_data.csv')), headOf(sample('IDs_mapping.csv'))];
const { readings, unread } = uciDiabetes.readings(rawTablesOf(heads), {});
const statements: [name: string, sql: (dialect: Dialect) => string][] = [
  ...readings.map(({ table, sql }): [string, (dialect: Dialect) => string] => [table, sql]),
  ...readings.flatMap(({ table, conflicts }): [string, (dialect: Dialect) => string][] =>
    conflicts ? [[`${table}-conflicts`, conflicts]] : [],
  ),
  ...unread.map(({ rawTable, sql }): [string, (dialect: Dialect) => string] => [`unread-${rawTable.name}`, sql]),
];

describe.each([duckdbDialect, sparkDialect])('the SQL of uci-diabetes for $name', (dialect) => {
  it.each(statements)('%s', (name, sql) => {
    const golden = new URL(`../../golden/uci-diabetes-${name}.${dialect.name}.sql`, import.meta.url);
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(golden, `${sql(dialect)}\n`);
    expect(`${sql(dialect)}\n`).toBe(readFileSync(golden, 'utf8'));
  });
});
