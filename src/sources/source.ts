// The contract of a source: which files it recognises, into which raw tables their records land, and how the raw
// columns are read as fields of the catalog. Values are only moved and named here; the clean step judges them.
import type { Dialect } from '../engine/dialect.js';
import type { TextHead } from './text/head.js';

/** What the user asked for on the command line. */
export interface IngestOptions {
  readonly as?: string;
  readonly mapping?: Mapping;
}

/** A mapping file (`--map`): the files' own column names by table and field, and how they write dates. */
export interface Mapping {
  /** table → field → the column's name as the header has it, or its position (1-based). */
  readonly columns: Readonly<Record<string, Readonly<Record<string, string | number>>>>;
  /** How `03/04/2024` is to be read. */
  readonly dates?: 'dmy' | 'mdy';
}

/** Where one file's records go. */
export interface FilePlan {
  /** The file as the user knows it: `visits.csv`, `archive.zip/member.csv`. */
  readonly file: string;
  /** The raw table: letters, digits and `_`. */
  readonly rawTable: string;
}

/** A raw table of a batch: files with the same header, landed as `c0`, `c1` …. */
export interface RawTable {
  readonly name: string;
  /** Distinguishes raw tables of one name with different headers: 0, 1 …. */
  readonly part: number;
  readonly columns: readonly string[];
  readonly delimiter: string;
  readonly files: readonly string[];
}

/** How a raw table is read as rows of one table of the catalog. */
export interface Reading {
  /** The table of the catalog: `visits`. */
  readonly table: string;
  readonly rawTable: RawTable;
  /** Whether this reading's row decides what became of the record. Exactly one reading of a raw table does. */
  readonly primary: boolean;
  /** The row is made of several records: it stands even where the record that it names is not used. */
  readonly aggregate?: true;
  /** The fields that the relation supplies, in order. */
  readonly fields: readonly string[];
  /** field → the column or columns it comes from, as the file names them: for messages and lineage. */
  readonly origin: Readonly<Record<string, string>>;
  /** Other raw tables of the batch that the relation names, beside its own. */
  readonly also: readonly RawTable[];
  /**
   * SELECT giving `_file, _row, _line, _lines, _item` (0, or the number of the row within its record) and one text column for
   * each of `fields`. `raw` is the raw table; each of `also` is named `<name>_<part>`.
   */
  readonly sql: (dialect: Dialect) => string;
  /** `65,5` is a decimal number. */
  readonly decimalComma: boolean;
  readonly dates?: 'dmy' | 'mdy';
  /**
   * Where several records make one row: SELECT over `raw` giving `field` (text) and `conflicts` (bigint), the number of
   * rows whose records gave that field more than one value. The source says which value the row takes.
   */
  readonly conflicts?: (dialect: Dialect) => string;
}

/** A raw table whose records become no rows: what is said of each instead. */
export interface Unread {
  readonly rawTable: RawTable;
  /** SELECT over `raw` giving `_file, _row, _line, _lines, _disposition` (used, not_used) and `_reason`. */
  readonly sql: (dialect: Dialect) => string;
}

/** The records of a raw table that say of a row that it was deleted. Such a table holds what people typed. */
export interface Tombstones {
  readonly table: string;
  readonly rawTable: RawTable;
  /** SELECT over `raw` giving `_file, _row, _line, _lines, _item` and the fields of the table's key. */
  readonly sql: (dialect: Dialect) => string;
}

export interface Source {
  /** As `--from` names it. */
  readonly name: string;
  /** The name-space that its rows get unless `--source` says otherwise. */
  readonly nameSpace: string;
  /** Raised when the same file would be read differently; part of a batch's identity. */
  readonly version: number;
  /** Its files only make sense together: where one is new, those of the same ingest that have landed before land again. */
  readonly together?: true;
  /** Whether these files are this source's; asked in the order of the registry, before any is stored. */
  recognises(heads: readonly TextHead[]): boolean;
  /** Assigns each file to a raw table, or throws a coded error that names every file at fault. */
  plan(heads: readonly TextHead[], options: IngestOptions): FilePlan[];
  /** What the user should know of files that are its own, one sentence each: what is missing, and what follows. */
  remarks?(heads: readonly TextHead[]): string[];
  /** What the raw tables of one batch are read as. */
  readings(
    rawTables: readonly RawTable[],
    options: IngestOptions,
  ): { readings: Reading[]; unread: Unread[]; tombstones?: Tombstones[] };
}
