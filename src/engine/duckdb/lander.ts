// Lands checked and numbered text as Parquet, every column as text.
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Landing } from '../lander.js';
import { duckdbLiteral, parquet } from './files.js';
import { running } from './running.js';
import { type DuckdbOptions, openSession, type Session } from './session.js';

/** The longest record, in bytes; a buffer holds a whole one. */
const longestRecord = 32 * 1024 * 1024;

/**
 * DuckDB counts about this many bytes against its memory limit for each column that it reads and writes (measured with
 * 10,000 columns): blocks of 256 KiB, of which only the first pages are ever touched.
 */
const countedPerColumn = 2_000_000;

/** Lands on the open session, or, where the columns alone would use up its memory, on one of its own. */
export async function land(session: Session, options: DuckdbOptions, landing: Landing): Promise<{ rows: number }> {
  const counted = landing.columns * countedPerColumn;
  if (counted * options.threads <= options.memory)
    return session.connected((connection) => copy(connection, landing, ''));
  const wide = await openSession({ ...options, threads: 1, memory: Math.max(options.memory, counted) });
  try {
    // Row groups of one vector, so that the untouched pages stay so.
    return await wide.connected((connection) => copy(connection, landing, ', row_group_size 2048'));
  } finally {
    await wide.close();
  }
}

async function copy(connection: DuckDBConnection, landing: Landing, options: string): Promise<{ rows: number }> {
  const { text, delimiter, columns, multiline, file, output, signal } = landing;
  const fields = ['_row', '_line', '_lines'].map((name) => `'${name}': 'BIGINT'`);
  for (let index = 0; index < columns; index++) fields.push(`'c${index}': 'VARCHAR'`);
  // Nothing is left to the sniffer: one unterminated quote makes it refuse a whole file.
  const scan = `read_csv(${duckdbLiteral(text)}, columns={${fields.join(', ')}}, delim=${duckdbLiteral(delimiter)},
    quote='"', escape='"', comment='', new_line='\\n', compression='none', header=false, auto_detect=false,
    strict_mode=true, parallel=${!multiline}, max_line_size=${longestRecord}, buffer_size=${longestRecord})`;
  return running(connection, { name: `land/${file}`, signal }, async () => {
    const result = await connection.run(
      `copy (select ${duckdbLiteral(file)} as _file, * from ${scan})
       to ${duckdbLiteral(output)} (${parquet}${options})`,
    );
    return { rows: result.rowsChanged };
  });
}
