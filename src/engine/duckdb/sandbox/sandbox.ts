// A DuckDB of its own for one stranger's SELECT: it holds views of the tables given, and is locked before it sees the text.
import { type DuckDBConnection, StatementType } from '@duckdb/node-api';
import { CarelakeError } from '../../../errors.js';
import type { Sandbox, SandboxTable } from '../../sandbox.js';
import { identifier } from '../../sql-text.js';
import { textTooLong } from '../../text-too-long.js';
import { engineFailure } from '../failure.js';
import { duckdbLiteral, parquetScan } from '../files.js';
import { running } from '../running.js';
import { type DuckdbOptions, openSession } from '../session.js';
import { streamed } from '../stream.js';
import { allowedFunctions } from './functions.js';
import { type Allowed, guard } from './guard.js';

const name = 'query';

/** Opens a sandbox over these tables; whoever opens it closes it. `ENGINE_NO_INPUT` where a table has no files. */
export async function openDuckdbSandbox(
  options: DuckdbOptions,
  tables: Readonly<Record<string, SandboxTable>>,
  known: readonly string[] = Object.keys(tables),
): Promise<Sandbox> {
  const session = await openSession(options, { ordered: true });
  try {
    const connection = await session.connect();
    for (const [table, content] of Object.entries(tables)) await createView(connection, table, content);
    const functions = await allowedFunctions(connection);
    const allowed = { tables: new Set(Object.keys(tables).map((table) => table.toLowerCase())), known, functions };
    await lock(
      connection,
      Object.values(tables).flatMap(({ paths }) => paths),
    );
    return {
      query: (sql, options) => query(connection, allowed, sql, options),
      async close() {
        connection.disconnectSync();
        await session.close();
      },
    };
  } catch (error) {
    await session.close();
    throw engineFailure(name, error);
  }
}

async function createView(
  connection: DuckDBConnection,
  table: string,
  { paths, columns }: SandboxTable,
): Promise<void> {
  if (paths.length === 0) throw new CarelakeError('ENGINE_NO_INPUT', `The table ${table} has no files.`);
  const scan = parquetScan(paths);
  const found = columns ?? (await connection.stream(`select * from ${scan} limit 0`)).columnNames();
  const shown = found.filter((column) => !column.startsWith('_')).map(identifier);
  await connection.run(`create view ${identifier(table)} as select ${shown.join(', ')} from ${scan}`);
}

/** From here on, only these files can be opened, and no setting can be changed. */
async function lock(connection: DuckDBConnection, paths: readonly string[]): Promise<void> {
  await connection.run(`set allowed_paths = [${paths.map(duckdbLiteral).join(', ')}]`);
  await connection.run('set enable_external_access = false');
  await connection.run('set lock_configuration = true');
}

async function* query(
  connection: DuckDBConnection,
  allowed: Allowed,
  sql: string,
  { limit, signal }: { limit?: number; signal?: AbortSignal } = {},
): ReturnType<Sandbox['query']> {
  const watch = { name, signal };
  try {
    guard(await parse(connection, sql), allowed);
    // From here on DuckDB looks at what the text names, so only now.
    const statements = await connection.extractStatements(sql);
    if (statements.count !== 1) throw notSelect(`${statements.count} statements`);
    // What is constant is computed while it is planned, which may take as long as the rest.
    const prepared = await running(connection, watch, () => statements.prepare(0));
    if (prepared.statementType !== StatementType.SELECT) throw notSelect('a statement of another kind');
    const result = await running(connection, watch, () => prepared.stream());
    yield* streamed(connection, result, watch, limit);
  } catch (error) {
    throw queryFailure(error);
  }
}

/** The statement as DuckDB's own parser reads it; it serialises nothing but SELECT. */
async function parse(connection: DuckDBConnection, sql: string): Promise<unknown> {
  const [[json] = []] = (await connection.runAndReadAll('select json_serialize_sql($1::varchar)', [sql])).getRows();
  const tree = JSON.parse(String(json)) as {
    error: boolean;
    error_type?: string;
    error_message?: string;
    statements?: unknown[];
  };
  if (tree.error && tree.error_type === 'not implemented') throw notSelect('a statement of another kind');
  if (tree.error) throw new CarelakeError('QUERY_FAILED', tree.error_message ?? 'The query cannot be parsed.');
  if (tree.statements?.length !== 1) throw notSelect(`${tree.statements?.length} statements`);
  return tree.statements;
}

function notSelect(found: string): CarelakeError {
  return new CarelakeError('QUERY_NOT_SELECT', `Exactly one SELECT is accepted; this is ${found}.`);
}

/** Whoever asks may see the rows, so DuckDB's own words may be told. */
function queryFailure(error: unknown): CarelakeError {
  if (error instanceof CarelakeError && error.code !== 'ENGINE_FAILED') return error;
  const cause = error instanceof CarelakeError ? error.cause : error;
  const tooLong = textTooLong(cause);
  if (tooLong) return tooLong;
  return new CarelakeError('QUERY_FAILED', cause instanceof Error ? cause.message : String(cause), { cause });
}
