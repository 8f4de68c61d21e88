// Which functions a stranger's SELECT may call: those that only compute from their arguments.
import type { DuckDBConnection } from '@duckdb/node-api';

/** Table functions that read nothing. */
export const tableFunctions: ReadonlySet<string> = new Set(['unnest', 'generate_series', 'range']);

/** Volatile ones that do no harm: the clock, and chance. */
const harmless = [
  ...['current_date', 'now', 'today', 'get_current_time', 'get_current_timestamp', 'transaction_timestamp'],
  ...['random', 'uuid', 'gen_random_uuid', 'unnest'],
];

/** Ones that DuckDB calls consistent, yet tell of settings, variables or storage, or plan a statement given as text. */
const telling = [
  ...['current_setting', 'getvariable', 'get_block_size', 'getenv', 'parse_duckdb_log_message'],
  ...['json_serialize_sql', 'json_serialize_plan', 'json_deserialize_sql'],
];

/**
 * The names of the functions of this DuckDB that may be called: scalar functions whose result depends on their arguments
 * only, aggregates, and built-in macros over these. A new version's additions show in the golden list of the tests.
 */
export async function allowedFunctions(connection: DuckDBConnection): Promise<ReadonlySet<string>> {
  const result = await connection.runAndReadAll(`
    select distinct function_name from duckdb_functions()
    where schema_name = 'main' and not starts_with(function_name, '__internal')
      and (stability = 'CONSISTENT' and function_type in ('scalar', 'aggregate') or function_type = 'macro')`);
  const names = new Set(result.getRows().map(([name]) => String(name)));
  for (const name of harmless) names.add(name);
  for (const name of telling) names.delete(name);
  return names;
}
