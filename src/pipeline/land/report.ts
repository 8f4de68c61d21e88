// What an ingest says of itself: of every file, and of the columns that nothing reads.
import { readerOf } from '../../sources/registry.js';
import type { Skipped } from '../../sources/text/member.js';
import type { Batch } from '../batch.js';
import { firsts, type There } from './already-there.js';
import type { KnownText } from './known-objects.js';
import type { ToLand } from './land-files.js';

export interface IngestedFile {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly encoding: string;
  readonly records: number;
  readonly rejected: number;
  readonly already_there: boolean;
}

export interface IngestResult {
  readonly batches: readonly {
    readonly id: string;
    readonly source: string;
    readonly files: readonly IngestedFile[];
  }[];
  readonly skipped: readonly Skipped[];
  /** Columns that no field reads, by file: kept in the lake. */
  readonly unread: Readonly<Record<string, readonly string[]>>;
  readonly warnings: readonly string[];
}

/** What became of one file: which batch holds its content. */
export interface Became extends KnownText {
  readonly alreadyThere: boolean;
}

/** What became of every file, under the name that it came by. */
export function outcomes(wanted: readonly ToLand[], there: readonly There[], landed: Batch | undefined): Became[] {
  const known = new Map(there.map((one) => [one.wanted, one]));
  const fresh = new Map(landed?.files.map((file) => [file.name, file]));
  return [...firsts(wanted)].map(([one, first]) => {
    const { file = fresh.get(first.head.file), batch = landed } = known.get(first) ?? {};
    if (!batch || !file) throw new Error(`Nothing became of ${one.head.file}.`);
    return { name: one.head.file, file, batch, alreadyThere: known.has(first) || first !== one };
  });
}

/** By the batch, those that landed now first. */
export function reports(became: readonly Became[]): IngestResult['batches'][number][] {
  const files = new Map<Batch, IngestedFile[]>();
  for (const { batch, alreadyThere } of became) if (!alreadyThere) files.set(batch, []);
  for (const { name, file, batch, alreadyThere } of became) {
    const { sha256, bytes, encoding, records, rejected } = file;
    const report = { name, sha256, bytes, encoding, records, rejected, already_there: alreadyThere };
    files.set(batch, [...(files.get(batch) ?? []), report]);
  }
  return [...files].map(([{ id, source }, list]) => ({ id, source, files: list }));
}

/** Columns of the raw tables that none of their readings names. */
export function unreadColumns(batch: Batch): Record<string, string[]> {
  const { readings } = readerOf(batch.from).readings(batch.tables, batch);
  const unread: Record<string, string[]> = {};
  for (const table of batch.tables) {
    const read = new Set(
      readings.filter(({ rawTable }) => rawTable === table).flatMap(({ origin }) => Object.values(origin)),
    );
    const left = table.columns.filter((column) => ![...read].some((origin) => origin.split(', ').includes(column)));
    if (read.size > 0 && left.length > 0) for (const file of table.files) unread[file] = left;
  }
  return unread;
}
