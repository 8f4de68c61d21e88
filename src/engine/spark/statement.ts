// Statements and views as plans. Values stay out of the SQL text, which Spark shows to everybody who may see its pages.
import { literally } from './location.js';
import type { Literal, Plan, Relation } from './protocol.js';

type Parameters = Readonly<Record<string, string | number>>;

export function statement(query: string, parameters: Parameters = {}): Relation {
  const given = Object.entries(parameters).map(([name, value]) => [name, literalOf(value)] as const);
  const named = given.map(([name, literal]) => [name, { literal }] as const);
  const both = { args: Object.fromEntries(given), namedArguments: Object.fromEntries(named) };
  return { sql: { query: quotedForSpark(query), ...both } };
}

/**
 * Texts with `\'` for a quote, names in backticks. Spark 3.5 reads a doubled quote in a text as none, and in a name not at
 * all; everything else stays as it is.
 */
function quotedForSpark(query: string): string {
  return query.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, (quoted) => {
    const inner = quoted.slice(1, -1);
    return quoted.startsWith("'") ? `'${inner.replaceAll("''", "\\'")}'` : backticked(inner.replaceAll('""', '"'));
  });
}

const backticked = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

function literalOf(value: string | number): Literal {
  if (typeof value === 'string') return { string: value };
  return Number.isSafeInteger(value) ? { long: value } : { double: value };
}

/** A view over exactly these Parquet files: no sign in a path is a pattern, no folder above it a column. */
export function view(name: string, locations: readonly string[], options: Readonly<Record<string, string>> = {}): Plan {
  const dataSource = { format: 'parquet', paths: locations.map(literally), options };
  const made = { input: { read: { dataSource } }, name: backticked(name), isGlobal: false, replace: true } as const;
  return { command: { createDataframeView: made } };
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
