// Turns the truth, collected as text, into Parquet: one thread and fixed settings, so that the bytes are always the same.
import { type TruthTable, truthTables } from './truth.js';

const ROWS_PER_GROUP = 100_000;

/** Each piece is comma-separated text without a header, quoted texts, empty for null; streamed, never held. */
export async function writeTruthParquet(
  pieces: readonly { readonly table: TruthTable; readonly text: string; readonly parquet: string }[],
): Promise<void> {
  // Loaded here, since that takes longer than most commands that need none of it.
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '1',
    memory_limit: '512MB',
    preserve_insertion_order: 'true',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  try {
    const connection = await instance.connect();
    for (const { table, text, parquet } of pieces) {
      const columns = truthTables[table].map(({ name, type }) => `${quoted(name)}: ${quoted(type)}`).join(', ');
      await connection.run(
        `copy (select * from read_csv(${quoted(text)}, auto_detect = false, header = false, delim = ',', quote = '"',
           escape = '"', new_line = '\\n', nullstr = '', allow_quoted_nulls = false, strict_mode = true,
           columns = {${columns}}))
         to ${quoted(parquet)} (format parquet, compression zstd, row_group_size ${ROWS_PER_GROUP})`,
      );
    }
    connection.closeSync();
  } finally {
    instance.closeSync();
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
