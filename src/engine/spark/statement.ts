// Statements and views as plans. Values stay out of the SQL text, which Spark shows to everybody who may see its pages.
import { literally, location } from './location.js';
import type { Literal, Plan, Relation } from './protocol.js';

type Parameters = Readonly<Record<string, string | number>>;

export function statement(query: string, parameters: Parameters = {}): Relation {
  const named = Object.entries(parameters).map(([name, value]) => [name, { literal: literalOf(value) }] as const);
  return { sql: { query: escaped(query), namedArguments: Object.fromEntries(named) } };
}

/** `'it''s'` → `'it\'s'`, because Spark 3.5 reads a doubled quote as none. Names in double quotes stay as they are. */
const escaped = (query: string): string =>
  query.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, (part) =>
    part.startsWith("'") ? `'${part.slice(1, -1).replaceAll("''", "\\'")}'` : part,
  );

function literalOf(value: string | number): Literal {
  if (typeof value === 'string') return { string: value };
  return Number.isSafeInteger(value) ? { long: value } : { double: value };
}

/** A view over exactly these Parquet files: no sign in a path is a pattern, no folder above it a column. */
export function view(name: string, paths: readonly string[], options: Readonly<Record<string, string>> = {}): Plan {
  const dataSource = { format: 'parquet', paths: paths.map((path) => literally(location(path))), options };
  const quoted = `\`${name.replaceAll('`', '``')}\``;
  return {
    command: { createDataframeView: { input: { read: { dataSource } }, name: quoted, isGlobal: false, replace: true } },
  };
}

/**
 * Into a folder that is there already, so that its owner and rights stay as they are.
 * @param columns They name folders of the form `column=value`, and do not stand in the files.
 */
export function parquetWrite(input: Relation, path: string, columns: readonly string[] = []): Plan {
  // What Spark marks a finished folder with is no Parquet file.
  const options = { compression: 'zstd', 'mapreduce.fileoutputcommitter.marksuccessfuljobs': 'false' };
  const target = { source: 'parquet', path, mode: 'SAVE_MODE_APPEND', partitioningColumns: columns, options } as const;
  return { command: { writeOperation: { input, ...target } } };
}
