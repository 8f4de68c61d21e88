// A connection to the file of the records. Transactions are short: a statement, or those of one moment, and where another
// process writes they wait without holding up this one.
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import Database from 'libsql';
import { diskOf, still } from './durable.js';
import { busy, isBusy, recordsFault } from './faults.js';
import { groupCommit, type Statement, type Written } from './group-commit.js';
import { type Parameter, statementsOf } from './statements.js';

export interface Connection {
  /** One statement, whole or not at all; and where it writes something, what is to be written with it. */
  run(sql: string, parameters?: readonly Parameter[], then?: (written: Written) => Statement): Promise<Written>;
  /** The same statement with each of these, up to the first that writes nothing: in one transaction. */
  runEach(sql: string, parameters: readonly (readonly Parameter[])[]): Promise<Written>;
  all<Row>(sql: string, parameters?: readonly Parameter[]): Promise<Row[]>;
  get<Row>(sql: string, parameters?: readonly Parameter[]): Promise<Row | undefined>;
  /** Several statements in one transaction, which holds the lock for writing from its begin. */
  exec(sql: string): Promise<void>;
  /** When it returns, what was there when it was called has reached the disk, whoever wrote it. */
  onDisk(): Promise<void>;
  /** A consistent copy, under the same key, while others write. */
  copyTo(file: string): Promise<void>;
  close(): Promise<void>;
}

export interface ConnectionOptions {
  readonly file: string;
  /** The file is encrypted with AES-256 under it. */
  readonly key: string | undefined;
  /** Whether a write has reached the disk when it returns; else only that it cannot be half there. */
  readonly durable: boolean;
  /** The disk takes no writing: the file is read as it is, and every write fails. */
  readonly readOnly?: boolean;
}

/** The longest that the event loop stands still for another process, and the longest that a statement waits, in ms. */
const blockedMs = 25;
const patienceMs = 10_000;

/**
 * libsql 0.5 never ends a statement that SQLite refused as busy: until the garbage collector comes, later writes of its
 * connection seem to succeed and are not committed. So only `begin`, by `exec`, which does end what it is given, may be
 * refused; what follows has the lock (docs/decisions/0010-libsql.md).
 * @throws RECORDS_KEY, RECORDS_BUSY, RECORDS_FAILED
 */
export async function openConnection({ file, key, durable, readOnly = false }: ConnectionOptions): Promise<Connection> {
  const patiently = async <Result>(work: () => Result, since = performance.now()): Promise<Result> => {
    for (;;) {
      try {
        return work();
      } catch (error) {
        if (!isBusy(error)) throw recordsFault(file, error);
        if (performance.now() - since > patienceMs) throw busy(file, error);
        await pause(1 + Math.random() * 20);
      }
    }
  };
  const database = await patiently(() => opened(file, key, readOnly));
  const disk = readOnly ? still : diskOf(file);
  const onDisk = () => disk.reached().catch((error: unknown) => Promise.reject(recordsFault(file, error)));
  const use = statementsOf(database);
  const rows = (sql: string, parameters: readonly Parameter[] = []) =>
    use(sql, (statement) => statement.all(parameters));
  const inTransaction = <Result>(work: () => Result): Result => {
    database.exec('begin immediate');
    try {
      const result = work();
      database.exec('commit');
      return result;
    } catch (error) {
      if (database.inTransaction) database.exec('rollback');
      throw error;
    }
  };
  /** SQLite would wait for the disk itself, once for each write, and hold up the event loop for as long. */
  const settled = async (): Promise<void> => {
    if (durable) await onDisk();
  };
  const written = groupCommit(use, (work, since) => patiently(() => inTransaction(work), since), settled);
  return {
    run: (sql, parameters = [], then) => written({ sql, parameters: [parameters], then }),
    runEach: (sql, parameters) => written({ sql, parameters }),
    all: <Row>(sql: string, parameters?: readonly Parameter[]) => patiently(() => rows(sql, parameters) as Row[]),
    get: <Row>(sql: string, parameters?: readonly Parameter[]) =>
      patiently(() => rows(sql, parameters)[0] as Row | undefined),
    async exec(sql) {
      await patiently(() => inTransaction(() => void database.exec(sql)));
      await settled();
    },
    onDisk,
    copyTo: (to) =>
      patiently(() => {
        database.exec(`vacuum into '${to.replaceAll("'", "''")}'`);
      }),
    close: async () => {
      await disk.close();
      database.close();
    },
  };
}

function opened(file: string, key: string | undefined, readOnly: boolean) {
  // The types of the package do not know its encryption.
  const options = { timeout: blockedMs, ...(key && { encryptionCipher: 'aes256cbc', encryptionKey: key }) };
  // Beside a file that may change SQLite writes even to read it.
  const database = new Database(readOnly ? `${pathToFileURL(file).href}?immutable=1` : file, options);
  if (readOnly) return database;
  try {
    // With `normal` a write is whole or not there, and SQLite itself waits for the disk where the log goes over into the file.
    for (const pragma of ['journal_mode = wal', 'synchronous = normal']) {
      database.prepare(`pragma ${pragma}`).all([]);
    }
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
