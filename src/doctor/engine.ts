// Whether the engine answers, under the settings that make its results the same everywhere.
import type { App } from '../app.js';
import { rowsOf } from '../engine/engine.js';
import { type Verdict, verdictOn } from './finding.js';

/** DuckDB's settings that no environment or configuration may change, as DuckDB writes them. */
const fixed: Readonly<Record<string, string>> = {
  TimeZone: 'UTC',
  default_null_order: 'nulls_first_on_asc_last_on_desc',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
};

/** @throws what opening the engine and a query throw. */
export async function engineAnswers({ engine: open, config }: App): Promise<Verdict> {
  const engine = await open();
  const rows = await rowsOf<{ name: string; value: string }>(engine, {
    name: 'doctor',
    sql: 'select name, value from duckdb_settings()',
    inputs: {},
  });
  const present = new Map(rows.map(({ name, value }) => [name, value]));
  const faults = Object.entries({ ...fixed, threads: String(config.threads) })
    .filter(([name, value]) => present.get(name)?.toLowerCase() !== value.toLowerCase())
    .map(([name, value]) => `${name} is ${present.get(name) ?? 'not known'} and must be ${value}`);
  return verdictOn(faults, `${engine.name} ${engine.version} answers, in UTC and under its fixed settings`);
}
