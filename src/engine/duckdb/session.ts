// One DuckDB in memory with the settings under which its results equal Spark's, and connections to it.
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { openSpill } from './spill.js';

export interface DuckdbOptions {
  /** Bytes that DuckDB's buffers may take before it spills. */
  readonly memory: number;
  readonly threads: number;
  /** A folder in which the engine makes its own folder for spilling. */
  readonly temporary: string;
}

export interface Session {
  /** Runs `use` on a connection of its own, so that views of statements that run side by side never meet. */
  connected<Result>(use: (connection: DuckDBConnection) => Promise<Result>): Promise<Result>;
  connect(): Promise<DuckDBConnection>;
  close(): Promise<void>;
}

/** `ordered`: rows come in the order of the files where no ORDER BY says otherwise, which costs memory and time. */
export async function openSession(
  { memory, threads, temporary }: DuckdbOptions,
  { ordered = false }: { ordered?: boolean } = {},
): Promise<Session> {
  const spill = await openSpill(temporary);
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${memory}B`,
    threads: String(threads),
    temp_directory: spill.folder,
    preserve_insertion_order: String(ordered),
    default_null_order: 'nulls_first_on_asc_last_on_desc',
    // DuckDB 1.5.6 dies with an INTERNAL Error on some `row_number() … = 1` over read_csv with this optimizer on.
    disabled_optimizers: 'top_n_window_elimination',
    // Each run reads files that no run before it read; kept, their bytes would fill the memory limit of a server that runs all day.
    enable_external_file_cache: 'false',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  }).catch(async (error) => {
    await spill.remove();
    throw error;
  });
  const connect = async () => {
    const connection = await instance.connect();
    // The bar must be on for progress to be known, and its printing off.
    await connection.run("set TimeZone = 'UTC'; set enable_progress_bar = true; set enable_progress_bar_print = false");
    return connection;
  };
  return {
    connect,
    async connected(use) {
      const connection = await connect();
      try {
        return await use(connection);
      } finally {
        connection.disconnectSync();
      }
    },
    async close() {
      instance.closeSync();
      await spill.remove();
    },
  };
}
