// What a batch is: the files of one ingest with their raw tables, as its batch.json records them.
import { CarelakeError, isCoded } from '../errors.js';
import { inParallel } from '../in-parallel.js';
import { parseJson } from '../lake/json.js';
import type { Lake } from '../lake/lake.js';
import type { StoredObject } from '../lake/objects.js';
import type { LogPlace } from '../records/records.js';
import type { Mapping, RawTable } from '../sources/source.js';

export type Mode = 'upsert' | 'snapshot';

/** One text file of a batch and what the reader counted in it. Lines are physical lines. */
export interface BatchFile {
  /** As the user knows it: `visits.csv`, `archive.zip/member.csv`. */
  readonly name: string;
  /** Of the file as it came; for a member of an archive, of the archive. */
  readonly sha256: string;
  /** The object of S3 that it came from, or its archive. */
  readonly object?: StoredObject;
  /** The name within the archive; empty for a file that is none. */
  readonly inside: string;
  readonly bytes: number;
  readonly encoding: string;
  readonly rawTable: string;
  readonly part: number;
  /** Null of a format that has none. */
  readonly lines: number | null;
  readonly header: number;
  readonly blank: number;
  /** Records that landed, and the physical lines that they span. */
  readonly records: number;
  readonly recordLines: number;
  /** Records that could not be read, and their lines. */
  readonly rejected: number;
  readonly rejectedLines: number;
}

export interface LandedTable extends RawTable {
  /** Parquet files below the batch's folder. */
  readonly parquet: readonly string[];
  readonly rows: number;
}

export interface Batch {
  readonly format: 1;
  readonly sequence: number;
  /** From the content: equal files read in the same way make the same id. */
  readonly id: string;
  /** The reader: `csv`, `uci-diabetes`. */
  readonly from: string;
  readonly readerVersion: number;
  /** The name-space of the rows. */
  readonly source: string;
  readonly mode: Mode;
  readonly as?: string;
  readonly mapping?: Mapping;
  /** Of a batch of typed entries: the place in their log up to which it holds them. */
  readonly through?: LogPlace;
  /** And the place after which they begin. */
  readonly after?: number;
  /** Of one that holds also what batches just before it held, and stands in their place: the sequence of the first of them. */
  readonly first?: number;
  /** Made up by `demo`, which may replace only what it made itself. */
  readonly demo?: true;
  readonly landedAt: string;
  /** The local calendar date that cleaning takes for today, YYYY-MM-DD. */
  readonly landed: string;
  readonly by: string;
  readonly tables: readonly LandedTable[];
  readonly files: readonly BatchFile[];
  /** Records that could not be read, as `rejects.parquet` of the batch's folder: `_file, _row, _line, _lines, c0` reason, `c1` text. */
  readonly rejects: readonly string[];
}

const folder = 'raw/batches';
/** A lake in S3 takes its time for each. */
const readAtOnce = 16;
const mostLists = 3;

export const batchKey = ({ sequence, id }: Pick<Batch, 'sequence' | 'id'>): string =>
  `${folder}/${String(sequence).padStart(6, '0')}-${id}`;

/**
 * All complete batches by sequence. A folder without its batch.json is a crash's and is left to `gc`.
 * @throws LAKE_DAMAGED, BATCH_FORMAT
 */
export async function readBatches(lake: Lake): Promise<Batch[]> {
  for (let lists = 1; ; lists++) {
    const keys: string[] = [];
    for await (const key of batchFiles(lake)) keys.push(key);
    const batches = await inParallel(keys, readAtOnce, (key) => readBatch(lake, key));
    const found = batches.filter((batch) => batch !== undefined);
    // One that went away since it was listed was collected: what stands in its place may be newer than the list.
    if (found.length < keys.length && lists < mostLists) continue;
    return found.sort((a, b) => a.sequence - b.sequence);
  }
}

/** @param batches By sequence. @returns those in whose place no other stands; the others stay for the runs that read them. */
export function inForce(batches: readonly Batch[]): Batch[] {
  const found: Batch[] = [];
  let first = Number.POSITIVE_INFINITY;
  for (const batch of batches.toReversed()) {
    if (batch.sequence >= first) continue;
    found.unshift(batch);
    first = firstOf(batch);
  }
  return found;
}

export const firstOf = ({ first, sequence }: Batch): number => first ?? sequence;

/** The key of every batch.json. */
export async function* batchFiles(lake: Lake): AsyncGenerator<string> {
  for await (const { key } of lake.list(folder)) if (key.endsWith('/batch.json')) yield key;
}

/** One batch; undefined where it went away since it was listed. @throws LAKE_DAMAGED, BATCH_FORMAT */
export async function readBatch(lake: Lake, key: string): Promise<Batch | undefined> {
  const file = await lake.get(key);
  if (!file) return undefined;
  const batch = parseJson<Batch>(key, file.body);
  if (batch.format !== 1) {
    throw new CarelakeError('BATCH_FORMAT', `${key} has format ${batch.format}; this version reads format 1.`);
  }
  return batch;
}

/** Up to which place these batches hold the entries of that log; 0 where they hold none. */
export const landedThrough = (batches: readonly Pick<Batch, 'through'>[], log: string): number =>
  Math.max(0, ...batches.map(({ through }) => (through?.log === log ? through.sequence : 0)));

/**
 * Takes the next sequence number for a batch: one conditional write, so that two processes never take the same one.
 * A crash after it leaves a gap, which means nothing.
 */
export async function claimSequence(lake: Lake, id: string): Promise<number> {
  let next = 1;
  for await (const { key } of lake.list('raw/sequence')) next = Math.max(next, Number(key.split('/').at(-1)) + 1);
  for (;;) {
    try {
      await lake.putIf(`raw/sequence/${String(next).padStart(6, '0')}`, id, { absent: true });
      return next;
    } catch (error) {
      if (!isCoded(error, 'LAKE_CONFLICT')) throw error;
      next += 1;
    }
  }
}
