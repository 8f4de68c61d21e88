// Statements of a connection, prepared once and used again. One that failed is never used again: libsql may not have ended it
// (docs/decisions/0010-libsql.md).
import type Database from 'libsql';

export type Parameter = string | number | null;

export type Statement = Database.Statement;

export type UseStatement = <Result>(sql: string, use: (statement: Statement) => Result) => Result;

/** How many are kept, those that were used last. */
const mostKept = 100;

export function statementsOf(database: Database.Database): UseStatement {
  const kept = new Map<string, Statement>();
  return (sql, use) => {
    const statement = kept.get(sql) ?? database.prepare(sql);
    kept.delete(sql);
    const result = use(statement);
    kept.set(sql, statement);
    if (kept.size > mostKept) kept.delete(kept.keys().next().value as string);
    return result;
  };
}
