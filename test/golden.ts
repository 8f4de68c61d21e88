// Compares a text with its golden file under test/golden/; UPDATE_GOLDEN=1 writes the file anew.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect } from 'vitest';
import type { Dialect } from '../src/engine/dialect.js';
import { duckdbDialect } from '../src/engine/dialects/duckdb.js';
import { sparkDialect } from '../src/engine/dialects/spark.js';

export const dialects: readonly Dialect[] = [duckdbDialect, sparkDialect];

/** Expects the text of `test/golden/<name>`. */
export function expectGolden(name: string, text: string): void {
  const file = new URL(`golden/${name}`, import.meta.url);
  const ended = text.endsWith('\n') ? text : `${text}\n`;
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(dirname(file.pathname), { recursive: true });
    writeFileSync(file, ended);
  }
  expect(ended).toBe(readFileSync(file, 'utf8'));
}

/** Expects the SQL of `test/golden/<name>.<dialect>.sql` for every dialect. */
export function expectGoldenSql(name: string, sql: (dialect: Dialect) => string): void {
  for (const dialect of dialects) expectGolden(`${name}.${dialect.name}.sql`, sql(dialect));
}
